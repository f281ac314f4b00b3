"""信息核查: one open need to verify one person, however many lists ask for it.

A row of a list opens a check with its task, or joins the one that is open for the same
person: the same resident, else the same ID number, else the same phone and name. What
was answered lately answers the same question of another list, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.domain.check import STATES, Check
from app.domain.events import all_happened, noted
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.pushed import ListRow, PushedList
from app.domain.regime import edition_at, jurisdiction_of
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.crypto import keyring
from app.lib.db import session
from app.lib.many import insert_new
from app.lib.words import N_, say
from app.policy.checks import DOOR, PHONE, Place
from app.policy.rulebook import RULES

__all__ = [
    "STATES",
    "Asked",
    "Check",
    "ask",
    "ask_all",
    "check_by_uid",
    "foresee",
    "keys_of",
    "rules_at",
]

ASKED_LATELY = N_("刚核过，不用再问。")
# What a list may tell of somebody that a check keeps for a stranger.
TOLD = ("name", "phone", "phones", "id_number", "address", "from_where", "when", "note")


Keys = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of a list that asks for somebody, and where he belongs as far as that is known."""

    row: Any  # a ListRow, or one in hand with the same names
    grid_id: int | None
    household_id: int | None = None
    resident: Resident | None = None


def ask(  # noqa: PLR0913
    row: ListRow,
    *,
    grid: Area | None,
    by: User,
    at: datetime,
    household: Household | None = None,
    resident: Resident | None = None,
) -> Check:
    """Open a check for a row, or join the open one of the same person."""
    home_id = household.id if household else None
    ask_all([Asked(row, grid.id if grid else None, home_id, resident)], by=by, at=at)
    session.flush()
    return session.get(Check, row.check_id)


def ask_all(asked: Sequence[Asked], *, by: User, at: datetime) -> None:
    """The same for many rows of one list, a statement a table."""
    if not asked:
        return
    keys = [keys_of(one.row.understood, one.resident) for one in asked]
    book = _Book(keys, at, asked[0].row.list)
    checks = [book.check_of(one, known_by, at) for one, known_by in zip(asked, keys, strict=True)]
    session.flush()
    book.write_new()
    data = {"list": book.list.id, "sender": book.list.sender}
    events = []
    for one, check in zip(asked, checks, strict=True):
        one.row.check_id = check.id
        if check in session:
            session.expire(check, ["rows"])
        kind = "check_asked" if one.row.state == "work" else "check_joined"
        events.append(noted(kind, by=by, at=at, about=check.task, data=data))
    all_happened(events)


def foresee(asked: Sequence[Asked], list_: PushedList, *, at: datetime) -> None:
    """Note for rows that are only looked at what `ask_all` would make of them."""
    keys_of_all = [keys_of(one.row.understood, one.resident) for one in asked]
    book, seen = _Book(keys_of_all, at, list_), set()
    for one, keys in zip(asked, keys_of_all, strict=True):
        found = book.found(keys)
        one.row.state = "joined" if seen & set(keys) else "work"
        if found is not None:
            one.row.state = "joined" if found.state == "open" else "known"
            one.row.reason = None if found.state == "open" else say(ASKED_LATELY).as_json()
        seen |= set(keys)


def rules_at(community: Area, at: datetime) -> Place:
    """Where and when the rules about lists and checks are asked for."""
    edition = edition_at(community, clock.local_day(at))
    return Place(edition, jurisdiction_of(community), RULES)


class _Book:
    """The checks that some rows may belong to: those open, and those answered lately."""

    def __init__(self, asked: Sequence[Keys], at: datetime, list_: PushedList):
        self.list = list_
        place = rules_at(self.list.community, at)
        fresh = place.rule("comeback", "check", at).params.fresh_h
        self.keys: dict[Any, Check] = {}
        self.new: list[Check] = []
        since = at - timedelta(hours=fresh)
        for check in _known(self.list.community_id, asked, since):
            if check.state == "open" or self._asks_the_same(check):
                self._note(check)

    def check_of(self, one: Asked, keys: Keys, at: datetime) -> Check:
        found = self.found(keys)
        if found is None:
            found = self._open(one, keys, at)
            one.row.state = "work"
        else:
            self._join(found, one)
        self._note(found)
        return found

    def found(self, keys: Iterable[tuple[str, Any]]) -> Check | None:
        return next((self.keys[key] for key in keys if key in self.keys), None)

    def write_new(self) -> None:
        """The checks that were opened, each with its task; the session holds neither."""
        insert_new(self.new)
        for check in self.new:
            check.task.check_id = check.id
        insert_new([check.task for check in self.new])

    def _open(self, one: Asked, keys: Keys, at: datetime) -> Check:
        check = Check(
            community_id=self.list.community_id,
            grid_id=one.grid_id,
            household_id=one.household_id,
            resident_id=one.resident.id if one.resident else None,
            opened_at=at,
            state="open",
            outcome="",
            tries=0,
            tried=[],
        )
        # The session holds neither check nor task, and need not follow what belongs to what.
        set_committed_value(check, "resident", one.resident)
        told = check.who = _told_of(one.row)
        _know_again(check, keys)
        reached = told.get("phone") or (one.resident and one.resident.phone)
        check.next_way = PHONE if reached else DOOR
        self.new.append(check)
        set_committed_value(check, "tasks", [_task_of(check, self.list, at)])
        return check

    def _join(self, check: Check, one: Asked) -> None:
        one.row.state = "joined" if check.state == "open" else "known"
        _tell(check, one)
        if check.state != "open":
            one.row.reason = say(ASKED_LATELY).as_json()
        elif self.list.due_at < check.task.due_at:
            check.task.set_window(check.task.opens_at, self.list.due_at)

    def _asks_the_same(self, check: Check) -> bool:
        asked = {row.list.question or "" for row in check.rows if row.list.kind == self.list.kind}
        return (self.list.question or "") in asked

    def _note(self, check: Check) -> None:
        keys = [("resident", check.resident_id)] if check.resident_id else []
        keys += [("id", check.id_number_index)] if check.id_number_index else []
        keys += [("person", check.person_index)] if check.person_index else []
        for key in keys:
            self.keys.setdefault(key, check)


def check_by_uid(uid: str) -> Check:
    """The check that a record names."""
    return session.scalars(select(Check).where(Check.uid == UUID(uid))).one()


def keys_of(told: dict[str, Any], resident: Resident | None) -> Keys:
    """By what a person is known again, the surest first."""
    keys: Keys = [("resident", resident.id)] if resident else []
    number = told.get("id_number") or (resident.id_number if resident else None)
    if number:
        keys.append(("id", keyring().index(number, "checks.id_number")))
    name = told.get("name") or (resident.name if resident else "")
    if (phone := told.get("phone")) and name:
        keys.append(("person", keyring().index(f"{phone} {name}", "checks.person")))
    return keys


def _known(community_id: int, asked: Iterable[Keys], since: datetime) -> list[Check]:
    keys: dict[str, set[Any]] = {"resident": set(), "id": set(), "person": set()}
    for one in asked:
        for name, value in one:
            keys[name].add(value)
    same = or_(
        Check.resident_id.in_(keys["resident"]),
        Check.id_number_index.in_(keys["id"]),
        Check.person_index.in_(keys["person"]),
    )
    lately = (Check.state == "done") & (Check.closed_at >= since)
    wanted = select(Check).where(Check.community_id == community_id, same)
    wanted = wanted.where(or_(Check.state == "open", lately))
    wanted = wanted.options(selectinload(Check.rows).joinedload(ListRow.list))
    # The open one before one that is answered, the newest first.
    wanted = wanted.order_by(Check.state.desc(), Check.id.desc())
    return list(session.scalars(wanted.options(selectinload(Check.tasks))))


def _tell(check: Check, one: Asked) -> None:
    """What a list tells of somebody is kept beside what was known; the newest word counts."""
    if (who := check.who | _told_of(one.row)) != check.who:
        check.who = who
    _know_again(check, keys_of(check.who, check.resident))


def _told_of(row: ListRow) -> dict[str, Any]:
    """What a row tells of somebody."""
    told = row.understood
    return {name: told[name] for name in TOLD if told.get(name)}


def _know_again(check: Check, keys: Keys) -> None:
    for name, index in keys:
        if name == "id":
            check.id_number_index = check.id_number_index or index
        elif name == "person":
            check.person_index = check.person_index or index


def _task_of(check: Check, list_: PushedList, at: datetime) -> Task:
    task = Task(
        kind="check",
        step=f"check:{check.uid.hex}",
        state="open",
        rule=list_.rule,
        community_id=check.community_id,
        grid_id=check.grid_id,
        household_id=check.household_id,
        resident_id=check.resident_id,
        attempts=0,
    )
    task.set_window(at, list_.due_at)
    return task
