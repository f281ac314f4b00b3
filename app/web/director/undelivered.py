"""未送达: whom something did not reach by any way; call her, or let it be tried anew."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import audit, messages
from app.domain.messages import CHANNELS, Delivery, Message
from app.domain.people import User, staff_member
from app.lib import clock
from app.lib.words import N_
from app.notify.registry import KINDS
from app.policy.permissions import Permission as P
from app.reports.told import burden_of, undelivered_in
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated

# Why her number is looked at, as the log keeps it.
TO_CALL = N_("未送达，电话告知")


@director.get("/undelivered")
@allows(P.DIRECT_WORK)
def undelivered() -> ResponseReturnValue:
    return show()


@director.post("/undelivered/<int:user_id>/phone")
@allows(P.REVEAL)
def undelivered_phone(user_id: int) -> ResponseReturnValue:
    """Her number, for this once, and who looked at it."""
    person = hers(user_id)
    target = f"user:{person.id}:phone"
    audit.note("revealed", by=me(), at=clock.now(), target=target, reason=TO_CALL)
    return show(person)


@director.post("/undelivered/<int:user_id>/told")
@allows(P.DIRECT_WORK)
def undelivered_told(user_id: int) -> ResponseReturnValue:
    person = hers(user_id)
    n = messages.told_by_phone(person, by=me(), at=clock.now())
    tell(_("已记下：%(n)s 条已电话告知%(name)s。", n=n, name=person.name))
    return redirect(url_for("director.undelivered"), 303)


@director.post("/undelivered/<int:user_id>/again")
@allows(P.DIRECT_WORK)
def undelivered_again(user_id: int) -> ResponseReturnValue:
    person = hers(user_id)
    n = messages.send_again(person, by=me(), at=clock.now())
    tell(_("%(n)s 条会再发给%(name)s。", n=n, name=person.name))
    return redirect(url_for("director.undelivered"), 303)


@director.get("/burden")
@allows(P.SEE_BOARD)
def burden() -> ResponseReturnValue:
    """How many messages her people get a day, so that she sends fewer."""
    return page("director/burden.html", burden=burden_of(community(), clock.today()))


def hers(user_id: int) -> User:
    """Somebody of her own community, also one who has left."""
    return staff_member(community(), user_id) or abort(404)


def show(called: User | None = None) -> ResponseReturnValue:
    """The page; `called` is whose number she has asked for."""
    rows = undelivered_in(community())
    return page("director/undelivered.html", rows=rows, called=called, lines_of=lines_of)


def lines_of(found: Iterable[Message]) -> list[dict[str, Any]]:
    """What it was and how much of it, what was tried and how far that got, and why it ended."""
    lines = defaultdict(list)
    for message in found:
        tried = tuple(_way_words(one) for one in message.deliveries)
        lines[message.kind, tried, message.why].append(message)
    return [_line(kind, tried, why, messages) for (kind, tried, why), messages in lines.items()]


def _way_words(tried: Delivery) -> str:
    """A way with what became of it; a way that took it and showed nothing says nothing."""
    way = translated(CHANNELS[tried.channel])
    if tried.arrived_at:
        return _("%(way)s（手机上已显示）", way=way)
    if tried.state != "failed":
        return way
    why = translated(tried.why).rstrip("。.") or _("发不出去")
    return _("%(way)s（没发出：%(why)s）", way=way, why=why)


def _line(kind: str, tried: Iterable[str], why: str, found: list[Message]) -> dict[str, Any]:
    n = sum(message.n for message in found)
    words = translated(KINDS[kind].one) if n == 1 else translated(KINDS[kind].many) % {"n": n}
    return {
        "words": words,
        "icon": KINDS[kind].icon,
        "at": found[0].made_at,
        "tried": list(tried),
        "why": translated(why),
    }
