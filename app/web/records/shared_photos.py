"""Photos shared to the app from another one, where no service worker has taken them in."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.records import records


@records.post("/shared-photos")
@allows(P.RECORD)
def shared_photos() -> ResponseReturnValue:
    return redirect(url_for("records.menu"), 303)
