"""From events to messages: every event is looked at once, and whoever must know gets a line.

Events carry a mark until the post room has seen them; mark and messages change in one
transaction, so nothing is missed and nothing made twice, however many are at work. Whom to
tell is found out before, while others may write (app/lib/changes.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, or_, select, update

from app.domain.events import Event
from app.domain.messages import ABOUT, Message
from app.lib import changes, clock
from app.lib.changes import Change, Run, change_of
from app.lib.db import session
from app.notify import point
from app.notify.recipients import Staff
from app.notify.registry import KINDS
from app.notify.writing import message, write

# Events looked at in one transaction, and people told: nobody who saves waits longer than that.
AT_ONCE, TOLD_AT_ONCE = 100, 100
# After which somebody may have nothing left of a list.
LESS_OF_A_LIST = ("check_answered", "check_withdrawn", "check_shared_out", "task_reassigned")


@dataclass(frozen=True, slots=True)
class News:
    """What some events have people told, and the messages that lose their point by them.

    `whole`: nobody else must be told of these events.
    """

    events: list[int]
    messages: list[Message]
    over: list[Change | None]
    whole: bool


def collect(run: Run) -> int:
    """Turn the next untold events into messages; how many events were looked at.

    Those that tell very many are looked at several times, until everybody has a message.
    """
    at = clock.now()
    news = run(partial(_news_of_next, at=at), reading=True)
    return (run(partial(_tell, news)) or 0) if news else 0


def untold() -> int:
    """How many events the post room has not looked at."""
    return session.scalar(select(func.count()).select_from(Event).where(Event.untold)) or 0


def _news_of_next(*, at: datetime) -> News | None:
    """What the next untold events have people told; None where there are none."""
    wanted = select(Event).where(Event.untold).order_by(Event.id).limit(AT_ONCE)
    if not (events := list(session.scalars(wanted))):
        return None
    with session.no_autoflush, point.read_at_once(events):
        staff = Staff(clock.local_day(at))
        untold = _untold_of([(event, one) for event in events for one in _meant(event, staff)])
        now = untold[:TOLD_AT_ONCE]
        staff.meet(person for _event, person in now)
        messages = [_message_of(event, person, staff, at=at) for event, person in now]
        _look_for_a_point(messages)
        whole = len(now) == len(untold)
        over = _over_by(events) if whole else []
        news = News([event.id for event in events], messages, over, whole)
    session.rollback()  # it is written later
    return news


def _tell(news: News) -> int:
    """Write it, unless somebody else is at one of these events; how many they are."""
    ours = select(Event.id).where(Event.id.in_(news.events), Event.untold)
    if len(list(session.scalars(ours.with_for_update(skip_locked=True)))) < len(news.events):
        return 0
    write(news.messages)
    over = {one.columns["id"]: one for one in news.over if one}
    still = select(Message.id).where(Message.id.in_(over), Message.state == "open")
    changes.write(over[one] for one in session.scalars(still.with_for_update()))
    if news.whole:
        told = update(Event).where(Event.id.in_(news.events)).values(untold=False)
        session.execute(told, execution_options={"synchronize_session": False})
    return len(news.events)


def _over_by(events: Iterable[Event]) -> list[Change | None]:
    """What these events are about may be done now: then nobody need be told of it any more."""
    about = [_about(event) for event in events]
    same = [
        getattr(Message, name).in_(ids)
        for name in ("task_id", "case_id", "incident_id", "record_id", "notice_id", "list_id")
        if (ids := {one.get(name) for one in about} - {None})
    ]
    if places := {event.community_id for event in events if event.kind in LESS_OF_A_LIST}:
        same.append(Message.community_id.in_(places) & Message.list_id.is_not(None))
    if not same:
        return []
    found = list(session.scalars(select(Message).where(Message.state == "open", or_(*same))))
    _look_for_a_point(found)
    return [change_of(one) for one in found]


def _look_for_a_point(messages: Sequence[Message]) -> None:
    with point.read_at_once(messages):
        for one in messages:
            if why := KINDS[one.kind].over(one):
                one.lose_point(why)


def _meant(event: Event, staff: Staff) -> list[int]:
    """Whom an event is told to; nobody of what she did herself."""
    line = KINDS.get(event.kind)
    return sorted(line.to(event, staff) - {event.by_id}) if line and line.to else []


def _message_of(event: Event, person_id: int, staff: Staff, *, at: datetime) -> Message:
    return message(
        event.kind,
        _key(event),
        person_id,
        at=at,
        community_id=staff.community_of(person_id),
        event_id=event.id,
        **_about(event),
    )


def _key(event: Event) -> str:
    return f"{event.kind}:{event.id}"


def _untold_of(meant: Sequence[tuple[Event, int]]) -> list[tuple[Event, int]]:
    """Those who have no message of an event yet."""
    keys = {_key(event) for event, _person in meant}
    rows = select(Message.person_id, Message.key).where(Message.key.in_(keys))
    known = {tuple(row) for row in session.execute(rows)} if keys else set()
    return [one for one in meant if (one[1], _key(one[0])) not in known]


def _about(event: Event) -> dict[str, Any]:
    """What an event is about, as a message keeps it; notices and lists are named in its data."""
    about = {name: getattr(event, name) for name in ABOUT if hasattr(event, name)}
    return about | {"notice_id": event.data.get("notice"), "list_id": event.data.get("list")}
