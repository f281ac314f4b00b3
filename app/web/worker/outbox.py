"""待上传: what lies on the phone and has not reached us. js/queue.js fills the page on the phone.

The page itself is the same for everybody, so that it opens without a network; open
to every role, because a worker who has become a director still has her queue.
"""

from flask import url_for
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me
from app.web.worker import worker


@worker.get("/outbox")
@allows(P.OWN_ACCOUNT)
def outbox() -> ResponseReturnValue:
    home = "worker.me" if me().role == "worker" else "account.settings"
    return page("worker/outbox.html", back=url_for(home))
