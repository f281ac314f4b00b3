"""`PUT /sync/photos/<sha256>`: a photo from a phone, on disk before it is answered (docs/sync.md).

Whoever is signed in may hand hers in: a worker who has become something else since
still has on her phone what she took.
"""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app.lib import clock
from app.lib.album import DiskFull
from app.lib.pictures import NoPicture, TooManyBytes
from app.policy.permissions import Permission as P
from app.sync.photos import receive
from app.web.edge import let_go
from app.web.guard import allows
from app.web.person import me
from app.web.words import translated
from app.web.worker import worker

STATUS = {NoPicture: 415, TooManyBytes: 413}


@worker.put("/sync/photos/<sha>")
@allows(P.OWN_ACCOUNT)
def photo(sha: str) -> ResponseReturnValue:
    try:
        new = receive(_sent(), sha, by=me())
    except NoPicture as refused:
        return {"why": translated(refused.why)}, STATUS.get(type(refused), 422)
    except DiskFull:
        return {"why": _("服务器存不下了，照片已存在手机上，请告诉管理员。")}, 507
    return {"sha": sha, "at": clock.now().isoformat()}, 201 if new else 200


def _sent() -> bytes:
    """The whole of it; a phone may take a minute to send it."""
    let_go()
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as too_large:
        raise TooManyBytes from too_large
