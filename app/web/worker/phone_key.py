"""What opens her entries and pages on her phone: given to a signed-in person, for one shift.

The key never stands in a page. The phone forgets it at sign-out, when the server says
that she is signed out, when somebody else signs in, and so many hours after the last
contact (js/seal.js). Open to every role: a worker who became a director has her queue.
"""

import base64
from typing import Any

from flask import Flask, current_app

from app.lib import clock
from app.lib.box import box_of, pack_key
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.person import me
from app.web.worker import worker

# One shift: so long after the last contact with us a phone still opens what it keeps.
SHIFT_HOURS = 12


def init_app(app: Flask) -> None:
    app.jinja_env.globals["phone_marks"] = phone_marks


def phone_marks() -> dict[str, Any]:
    """What every page of a phone says of its reader: for whom to seal, and how old it is."""
    return {
        "data-user": me().id,
        "data-box": box_of(str(me().uid)).public,
        "data-at": clock.now().isoformat(),
        "data-version": current_app.config["VERSION"],
    }


@worker.get("/phone/key")
@allows(P.OWN_ACCOUNT)
def phone_key() -> dict[str, Any]:
    owner = str(me().uid)
    box = box_of(owner)
    return {
        "user": me().id,
        "box": {"public": box.public, "private": box.private_jwk},
        "pack": base64.b64encode(pack_key(owner)).decode(),
        "at": clock.now().isoformat(),
        "hours": SHIFT_HOURS,
    }
