"""Taking one of one's own devices off: it is signed out at once."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import sign_in
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.account import account
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me


@account.post("/account/devices/<int:device_id>/revocation")
@allows(P.OWN_ACCOUNT)
def revoke_device(device_id: int) -> ResponseReturnValue:
    device = sign_in.own_device(me(), device_id)
    if device is None:
        abort(404)
    sign_in.revoke_device(device, by=me(), at=clock.now())
    tell(_("这台设备已停用，要重新登录才能再用。"))
    return redirect(url_for("account.settings"), 303)
