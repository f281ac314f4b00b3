"""A one-time password for somebody who forgot hers, shown once."""

from flask.typing import ResponseReturnValue

from app.domain import accounts
from app.domain.people import User
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.admin import admin
from app.web.admin.user import user_or_404
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me


@admin.post("/admin/users/<int:user_id>/one-time-password")
@allows(P.MANAGE_USERS)
def one_time_password(user_id: int) -> ResponseReturnValue:
    found = user_or_404(user_id)
    password = accounts.give_one_time_password(found, by=me(), at=clock.now())
    return show_once(found, password)


def show_once(user: User, password: str) -> ResponseReturnValue:
    """The answer that shows it; it is in no cookie and no URL, and the browser may not keep it."""
    answer = page("admin/one_time_password.html", user=user, password=password)
    answer.headers["Cache-Control"] = "no-store"
    return answer
