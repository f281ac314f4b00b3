"""What a list that others sent has people told: that it is in, how much of it is theirs, its clock.

One message for each list and person, however many are on it. The timetable (app/jobs.py) calls
these; doing one again tells nobody anything twice.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload

from app.domain.lists import clock_of_list
from app.domain.messages import Message
from app.domain.people import User
from app.domain.pushed import ListRow, PushedList
from app.lib import clock
from app.lib.db import session
from app.notify import rules
from app.notify.list_hands import left_in_hands, left_of
from app.notify.recipients import Staff
from app.notify.registry import KINDS
from app.notify.writing import message, write

News = Iterator[Message]
# A list is looked at for so long: all its clock has rung by then, and messages live longer.
TOLD_FOR = timedelta(days=8)


def tell_of_lists(*, at: datetime) -> int:
    """Directors that a list is worked through, workers how many of it are theirs to check."""
    lists, staff = _worked_through(at), Staff(clock.local_day(at))
    mine = left_in_hands(_ids(lists), staff, ListRow.state == "work")
    news = [one for list_ in lists for one in _given(list_, mine[list_.id], at)]
    fresh = (one for one in lists if at - one.received_at < KINDS["list_in"].worth)
    news += [_in(one, who, at) for one in fresh for who in _directors(one, staff)]
    return write(news)


def tell_what_lists_are_due(*, at: datetime) -> int:
    """Workers what they have left of a list, a while before it is due."""
    lists = [one for one in _worked_through(at, PushedList.due_at > at) if _is_due_soon(one, at)]
    mine = left_in_hands(_ids(lists), Staff(clock.local_day(at)))
    told = (_left("list_due", f"list_due:{one.id}", one, mine[one.id], at) for one in lists)
    return write([one for news in told for one in news])


def tell_of_late_lists(*, at: datetime) -> int:
    """Directors and workers what is left, each time the clock of a list rings."""
    rang = {one: ring for one in _worked_through(at) if (ring := _rang(one, at))}
    staff = Staff(clock.local_day(at))
    mine, left = left_in_hands(_ids(rang), staff), left_of(_ids(rang))
    news: list[Message] = []
    for one, ring in rang.items():
        hands = dict(mine[one.id]) | dict.fromkeys(_directors(one, staff), left.get(one.id, 0))
        news += _left("list_late", f"list_late:{one.id}:{ring}", one, hands, at)
    return write(news)


def has_seen_it_is_in(list_: PushedList, person: User, *, at: datetime) -> None:
    """She has watched a list being worked through: she need not be told."""
    told = _in(list_, person.id, at)
    if write([told]):
        key = Message.person_id == person.id, Message.key == told.key
        session.scalars(select(Message).where(*key)).one().read(at=at)


def _worked_through(at: datetime, *which: ColumnElement[bool]) -> list[PushedList]:
    """Lists of the last days, of which no row is still to be worked on."""
    waiting = select(ListRow.id).where(ListRow.list_id == PushedList.id, ListRow.state == "")
    wanted = select(PushedList).where(PushedList.received_at > at - TOLD_FOR, *which)
    wanted = wanted.where(PushedList.undone_at.is_(None), ~waiting.exists())
    wanted = wanted.options(defer(PushedList.file_sealed), joinedload(PushedList.community))
    return list(session.scalars(wanted.order_by(PushedList.id)))


def _given(list_: PushedList, hands: dict[int, int], at: datetime) -> News:
    """What is late by now is told as that."""
    if list_.due_at <= at and _rang(list_, at):
        return iter(())
    urgency = rules.urgency_until(list_.due_at, list_.community, at=at)
    return _left("list_given", f"list:{list_.id}", list_, hands, at, urgency=urgency)


def _in(list_: PushedList, person_id: int, at: datetime) -> Message:
    about = {"community_id": list_.community_id, "list_id": list_.id}
    return message("list_in", f"list_in:{list_.id}", person_id, at=at, **about)


def _left(  # noqa: PLR0913, PLR0917
    kind: str, key: str, list_: PushedList, hands: dict[int, int], at: datetime, **more: str
) -> News:
    about = {"community_id": list_.community_id, "list_id": list_.id} | more
    for person_id, n in sorted(hands.items()):
        if n:
            yield message(kind, key, person_id, at=at, n=n, **about)


def _is_due_soon(list_: PushedList, at: datetime) -> bool:
    """A list that came later than that was told of just now."""
    ahead = rules.minutes_ahead("list", list_.community, at=at)
    return list_.received_at <= list_.due_at - ahead <= at


def _rang(list_: PushedList, at: datetime) -> str:
    """The last time that its clock rang, by name, as long as that is worth telling."""
    rings = clock_of_list(list_).rings
    rung = [(when, name) for name, when in rings if when <= at < when + KINDS["list_late"].worth]
    return max(rung, default=(at, ""))[1]


def _directors(list_: PushedList, staff: Staff) -> Iterable[int]:
    return staff.of_community(list_.community_id, "director")


def _ids(lists: Iterable[PushedList]) -> list[int]:
    return [one.id for one in lists]
