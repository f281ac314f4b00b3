"""From events to messages: every event is looked at once, and whoever must know gets a line.

Events carry a mark until the post room has seen them; mark and messages change in one
transaction, so nothing is missed and nothing made twice, however many are at work.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from app.domain.events import Event
from app.domain.messages import ABOUT, Message, make_post_boxes
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.notify import point
from app.notify.recipients import Staff
from app.notify.registry import KINDS

# Events looked at in one transaction, and people told: nobody who saves waits longer than that.
AT_ONCE, TOLD_AT_ONCE = 100, 100
NEWER = N_("已有更新的消息")
# After which somebody may have nothing left of a list.
LESS_OF_A_LIST = ("check_answered", "check_withdrawn", "check_shared_out", "task_reassigned")


def collect(*, at: datetime) -> int:
    """Turn the next untold events into messages; how many events were looked at.

    Those that tell very many are looked at several times, until everybody has a message.
    """
    wanted = select(Event).where(Event.untold).order_by(Event.id).limit(AT_ONCE)
    events = list(session.scalars(wanted.with_for_update(skip_locked=True)))
    if not events:
        return 0
    with point.read_at_once(events):
        staff = Staff(clock.local_day(at))
        meant = [(event, one) for event in events for one in _meant(event, staff)]
        untold = _untold_of(meant)
        now = untold[:TOLD_AT_ONCE]
        staff.meet(person for _event, person in now)
        write((_message_of(event, person, staff, at=at) for event, person in now), at=at)
        if len(untold) > len(now):
            return len(events)
        settle_what_is_over(events)
    told = update(Event).where(Event.id.in_([event.id for event in events]))
    session.execute(told.values(untold=False))
    return len(events)


def untold() -> int:
    """How many events the post room has not looked at."""
    return session.scalar(select(func.count()).select_from(Event).where(Event.untold)) or 0


def write(news: Iterable[Message], *, at: datetime) -> int:
    """Keep what nobody was told yet; what was said of the same thing before gives way."""
    fresh = _unknown(news)
    _replace_older(fresh)
    make_post_boxes({new.person_id for new in fresh})
    session.bulk_save_objects(fresh)  # hundreds at once, and nobody needs their ids
    return len(fresh)


def message(
    kind: str, key: str, person_id: int, *, at: datetime, community_id: int | None, **about: Any
) -> Message:
    """A message of a kind to one person; `about` names what it is about, `n` how many things,
    `urgency` where it is not that of its kind."""
    line = KINDS[kind]
    return Message(
        person_id=person_id,
        community_id=community_id,
        kind=kind,
        key=key,
        made_at=at,
        tell_until=at + line.worth,
        next_at=at,
        moved_at=at,
        state="open",
        **({"n": 1, "urgency": line.urgency} | about),
    )


def settle_what_is_over(events: Iterable[Event]) -> None:
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
        return
    found = list(session.scalars(select(Message).where(Message.state == "open", or_(*same))))
    with point.read_at_once(found):
        for one in found:
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


def _unknown(news: Iterable[Message]) -> list[Message]:
    """Those whose person was not told under their key before."""
    by_key = {(new.person_id, new.key): new for new in news}
    rows = select(Message.person_id, Message.key)
    rows = rows.where(Message.key.in_({key for _person, key in by_key}))
    known = {tuple(row) for row in session.execute(rows)}
    return [new for key, new in by_key.items() if key not in known]


def _replace_older(fresh: list[Message]) -> None:
    """Of two unread messages of one kind about one thing the newer says it all."""
    people = {new.person_id for new in fresh}
    older = select(Message).where(Message.person_id.in_(people), Message.state == "open")
    newest = {_thing(new): new for new in fresh if _thing(new)}
    if not newest:
        return
    for one in session.scalars(older.where(Message.kind.in_({new.kind for new in fresh}))):
        if _thing(one) in newest:
            one.lose_point(NEWER)


def _thing(one: Message) -> tuple | None:
    """Who is told what about which thing; nothing where it is about none."""
    about = next((getattr(one, name) for name in ABOUT if getattr(one, name)), None)
    return (one.person_id, one.kind, about) if about else None
