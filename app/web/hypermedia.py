"""Pages and their parts. htmx asks for a block of the same template: they cannot drift."""

from typing import Any

from flask import (
    Flask,
    current_app,
    flash,
    get_flashed_messages,
    make_response,
    render_template,
    request,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from jinja2_fragments.flask import render_block
from sqlalchemy import func, select

from app.domain.events import Event
from app.lib import clock
from app.lib.db import session

# A page says how late something is; after so many seconds it must be said anew.
FRESH_SECONDS = 300


# PostgreSQL may commit a lower id after a higher one: the last thousand are counted, too.
RECENT = Event.id > select(func.max(Event.id) - 1000).scalar_subquery()


def init_app(app: Flask) -> None:
    app.after_request(put_etag)
    app.jinja_env.globals["said"] = said


def page(template: str, *, block: str | None = None, **context: Any) -> ResponseReturnValue:
    """The whole page, or only its `block` when htmx asked for a part."""
    if block and request.headers.get("HX-Request"):
        html = render_block(template, block, **context)
    else:
        html = render_template(template, **context)
    return make_response(html)


def unchanged(*more: Any) -> ResponseReturnValue | None:
    """304 when nothing happened since what the page shows, or None: build it.

    Call first in a GET view whose page shows only what events tell of; `more`
    names what else the page depends on. The tag goes onto the answer later, and
    js/follow.js sends it back: no browser may keep a copy of its own.
    """
    return None if "_flashes" in cookie else same_as(version(*more))


def same_as(tag: str) -> ResponseReturnValue | None:
    """304 when `tag` is that of the copy she has, or None: build the page, which gets it."""
    request.environ["shouwang.etag"] = tag
    if request.if_none_match.contains_weak(tag):
        response = make_response("", 304)
        response.set_etag(tag, weak=True)
        return response
    return None


def version(*more: Any) -> str:
    """What changes whenever the page would: the last event, the reader, the time, the program."""
    user = current_user.user
    last, recent = session.execute(select(func.max(Event.id), func.count()).where(RECENT)).one()
    span = int(clock.now().timestamp() // FRESH_SECONDS)
    reader = user.id, user.language, user.type_size
    parts = (last, recent, span, *reader, current_app.config["VERSION"])
    block = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    return "-".join(str(part) for part in (*parts, block, *more))


def put_etag(response: Any) -> Any:
    """After the request: the tag that `unchanged` computed."""
    tag = request.environ.get("shouwang.etag")
    if tag and response.status_code == 200:
        response.set_etag(tag, weak=True)
    return response


def tell(text: str, *, tone: str = "ok", undo: str | None = None, seconds: int = 8) -> None:
    """Say something on the next page; `undo` is the URL that takes the deed back."""
    flash({"text": text, "tone": tone, "undo": undo, "seconds": seconds})


def said() -> list[dict[str, Any]]:
    """What is to be said on this page (layouts/base.html shows it)."""
    return [_toast(message) for message in get_flashed_messages()]


def _toast(message: Any) -> dict[str, Any]:
    toast = message if isinstance(message, dict) else {"text": message, "tone": "ok"}
    undo = toast.get("undo")
    return toast | {"undo": {"action": undo, "label": _("撤销")} if undo else None}
