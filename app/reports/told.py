"""What people were told: their own list, per thing whether it arrived, whom it did not reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload, selectinload

from app.domain.messages import Delivery, Message, messages_of, unread_of
from app.domain.people import User, staff_of
from app.domain.places import Area
from app.domain.pushed import PushedList
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

# How many lines a list shows at most.
SHOWN, SEEN_SHOWN = 100, 30
# Of those that stand together so many are looked at.
ALIKE_READ = 1000
DAYS = 7
WITHOUT_FILE = defer(PushedList.file_sealed)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of somebody's messages: a message, or the newest of `n` that stand together."""

    message: Message
    n: int = 1


@dataclass(frozen=True, slots=True)
class Inbox:
    """Somebody's messages: unread, the latest of the others, and what they are about."""

    unread: list[Line]
    more: int
    seen: list[Line]
    tasks: dict[int, Task]
    residents: dict[int, Resident]
    lists: dict[int, PushedList]

    @property
    def newest(self) -> int:
        return max((line.message.id for line in self.unread), default=0)


@dataclass(frozen=True, slots=True)
class Told:
    """One person and one thing: by which ways it went out, and what became of it."""

    person: User
    kind: str
    made_at: datetime
    state: str
    why: str
    ways: tuple[Delivery, ...]
    opened_at: datetime | None
    read_at: datetime | None

    @property
    def sent(self) -> list[Delivery]:
        """By which ways it went out; `arrived_at` says whether a phone has shown it."""
        return [way for way in self.ways if way.state == "sent"]


@dataclass(frozen=True, slots=True)
class Unreached:
    """A person and what did not reach her, the oldest first."""

    person: User
    messages: list[Message]

    @property
    def since(self) -> datetime:
        return self.messages[0].made_at


@dataclass(frozen=True, slots=True)
class Burden:
    """Per person the messages of each of the last days, and how often her phone rang for them."""

    days: list[date]
    rows: list[tuple[User, list[tuple[int, int]]]]

    @property
    def most(self) -> int:
        return max((n for _who, days in self.rows for n, _rings in days), default=0)


def inbox_of(scope: Scope, *, together: Collection[str] = ()) -> Inbox:
    """What the person of a scope was told; of a kind of `together` one line for each day."""
    fresh = _lines(unread_of(scope.user), together, SHOWN + 1)
    seen = messages_of(scope.user).where(Message.state == "read")
    seen = _lines(seen, together, SEEN_SHOWN)
    shown = [line.message for line in (*fresh[:SHOWN], *seen)]
    return Inbox(
        unread=fresh[:SHOWN],
        more=len(fresh) - SHOWN,
        seen=seen,
        tasks=_hers(scope.tasks.options(joinedload(Task.household)), Task, shown, "task_id"),
        residents=_hers(scope.residents, Resident, shown, "resident_id"),
        lists=_hers(scope.pushed_lists.options(WITHOUT_FILE), PushedList, shown, "list_id"),
    )


def told_about(
    *,
    task_ids: Iterable[int] = (),
    notice_ids: Iterable[int] = (),
    incident_ids: Iterable[int] = (),
) -> dict[int, list[Told]]:
    """By the id of each thing: who was told of it, how, and whether she has read it.

    Ids of one sort at a time. Of several messages about one thing to one person the newest counts.
    """
    for column, ids in (
        (Message.task_id, list(task_ids)),
        (Message.notice_id, list(notice_ids)),
        (Message.incident_id, list(incident_ids)),
    ):
        if ids:
            return _told(column, ids)
    return {}


def print_of(told: dict[int, list[Told]]) -> str:
    """What changes whenever one of these does: no event tells of sending, showing and reading."""
    known = [
        (one.state, one.opened_at, one.read_at, [(way.state, way.arrived_at) for way in one.ways])
        for ones in told.values()
        for one in ones
    ]
    return f"{crc32(repr(known).encode()):x}"


def undelivered_in(community: Area) -> list[Unreached]:
    """Whom in a community something did not reach, the longest first."""
    wanted = _undelivered(community)
    wanted = wanted.options(joinedload(Message.person), selectinload(Message.deliveries))
    by_person = defaultdict(list)
    for message in session.scalars(wanted.order_by(Message.made_at, Message.id)):
        by_person[message.person].append(message)
    rows = [Unreached(person, messages) for person, messages in by_person.items()]
    return sorted(rows, key=lambda row: row.since)


def undelivered_count(community: Area) -> int:
    """How many people in a community something did not reach."""
    people = func.count(Message.person_id.distinct())
    return session.scalar(_undelivered(community).with_only_columns(people)) or 0


def _undelivered(community: Area) -> Select:
    return select(Message).where(
        Message.community_id == community.id, Message.state == "undelivered"
    )


def burden_of(community: Area, today: date) -> Burden:
    """How much the people of a community were told, day by day, the last day last."""
    days = [today - timedelta(days=n) for n in reversed(range(DAYS))]
    people = staff_of(community)
    told = _per_day(people, days[0])
    rows = [(person, [told[person.id, day] for day in days]) for person in people]
    return Burden(days, rows)


def _per_day(people: Iterable[User], since: date) -> dict[tuple[int, date], tuple[int, int]]:
    """Messages and parcels per person and local day; the database knows no local days."""
    ids = [person.id for person in people]
    rows = select(Message.person_id, Message.made_at, Delivery.batch).outerjoin(Message.deliveries)
    rows = rows.where(Message.person_id.in_(ids), Message.made_at >= clock.at(since))
    rows = rows.add_columns(Message.id, Delivery.state)
    messages, rings = defaultdict(set), defaultdict(set)
    for person_id, made_at, batch, message_id, state in session.execute(rows):
        key = person_id, clock.local_day(made_at)
        messages[key].add(message_id)
        if state == "sent":
            rings[key].add(batch)
    counted = {key: (len(found), len(rings[key])) for key, found in messages.items()}
    return defaultdict(lambda: (0, 0), counted)


def _lines(rows: Select, together: Collection[str], most: int) -> list[Line]:
    """The latest lines of these messages."""
    apart = session.scalars(rows.where(Message.kind.not_in(together)).limit(most))
    lines = [Line(one) for one in apart]
    alike = defaultdict(list)
    for one in session.scalars(rows.where(Message.kind.in_(together)).limit(ALIKE_READ)):
        alike[one.kind, clock.local_day(one.made_at)].append(one)
    lines += [Line(ones[0], len(ones)) for ones in alike.values()]
    latest = sorted(lines, key=lambda line: (line.message.made_at, line.message.id), reverse=True)
    return latest[:most]


def _told(column, ids: list[int]) -> dict[int, list[Told]]:
    wanted = select(Message).where(column.in_(ids)).order_by(Message.made_at, Message.id)
    wanted = wanted.options(joinedload(Message.person), selectinload(Message.deliveries))
    newest: dict[tuple[int, int], Message] = {}
    for message in session.scalars(wanted):
        newest[getattr(message, column.key), message.person_id] = message
    found = defaultdict(list)
    for (thing, _person), message in newest.items():
        found[thing].append(_of(message))
    return found


def _of(message: Message) -> Told:
    return Told(
        person=message.person,
        kind=message.kind,
        made_at=message.made_at,
        state=message.state,
        why=message.why,
        ways=tuple(message.deliveries),
        opened_at=message.opened_at,
        read_at=message.read_at,
    )


def _hers(rows: Select, model: type, messages: list[Message], name: str) -> dict:
    """What these messages are about, as far as she may see it."""
    ids = {getattr(message, name) for message in messages} - {None}
    found = session.scalars(rows.where(model.id.in_(ids))) if ids else ()
    return {row.id: row for row in found}
