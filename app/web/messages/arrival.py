"""A phone says that it has shown a push: signed in or not, by the number that came with it.

The service worker does so (js/push_worker.js). Whatever the number is, the answer is the same.
"""

from flask.typing import ResponseReturnValue

from app.domain.arrivals import note_arrival
from app.lib import clock
from app.lib.ids import read_id
from app.web.guard import public
from app.web.messages import messages


@messages.post("/arrivals/<parcel>")
@public
def arrival(parcel: str) -> ResponseReturnValue:
    if number := read_id(parcel):
        note_arrival(number, at=clock.now())
    return "", 204
