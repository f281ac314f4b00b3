"""How many messages she has not seen: the number that every page asks for now and then."""

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.alike import unread_count
from app.notify.reading import TOGETHER
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.hypermedia import page, same_as
from app.web.messages import messages
from app.web.person import me
from app.web.words import language_tag

# Where the number stands on a page (templates/parts/unread.html).
WORKER, DESK = ("tab",), ("side", "sheet", "more")


def init_app(app: Flask) -> None:
    app.jinja_env.globals["unread_messages"] = unread_now


def unread_now() -> int:
    """The number on a page that is being rendered; nobody is signed in on an error page."""
    if not current_user.is_authenticated:
        return 0
    if "unread" not in g:
        g.unread = unread_count(me(), together=TOGETHER)[0]
    return g.unread


@messages.get("/messages/unread")
@allows(P.OWN_ACCOUNT)
def unread() -> ResponseReturnValue:
    n, newest = unread_count(me(), together=TOGETHER)
    reader = me().id, language_tag(), current_app.config["VERSION"]
    if same := same_as("-".join(str(part) for part in ("unread", n, newest, *reader))):
        return same
    return page("messages/unread.html", n=n, places=WORKER if me().role == "worker" else DESK)
