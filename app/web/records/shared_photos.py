"""Photos shared to the app from another one, where no service worker has taken them in.

The service worker keeps them on the phone (js/share_target.js); without one they are kept
here. Either way ＋登记 opens, and the form chosen there has them already.
"""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.records import records
from app.web.records.form_photos import handed_in
from app.web.words import translated


@records.post("/shared-photos")
@allows(P.RECORD)
def shared_photos() -> ResponseReturnValue:
    given = handed_in()
    if given.why:
        tell(translated(given.why), tone="warn")
    return redirect(url_for("records.menu", photo=given.hashes), 303)
