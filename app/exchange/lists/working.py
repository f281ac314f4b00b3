"""Working through a list: batch by batch its rows are matched to people and become work.

A row that is clear is done at once; one that is not waits with what is doubtful about
it. Nothing a row is, or what goes wrong with it, stops the others. Whoever opens the
list again goes on where it was left, for a row without a state is one still to be done;
so does `flask work`. One at a time is at a list (app/domain/shifts.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from app.domain import shifts
from app.domain.beginnings import Beginning
from app.domain.checks import Asked, ask_all
from app.domain.events import all_happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.exchange.batches import Slices, done_with_batch
from app.exchange.lists.cases import OpenCases
from app.exchange.lists.deeds import DEEDS, Done
from app.exchange.lists.newcomers import Newcomers
from app.exchange.lists.people import HOWS, Found, Roll, find
from app.exchange.lists.row import Row, next_of, write
from app.intake.listed import Listing
from app.intake.reasons import reasons_at
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say, say
from app.policy.rulebook import Reason

# Lists that are looked after by themselves; seconds between two looks while others are at one.
LATELY, WAIT = timedelta(days=7), 0.5
NOT_PLACED = N_("名单里没有写住址，名册里也没有这个人。")
NOT_FOUND = N_("没有找到这个住址：%(address)s。")
NO_NAME = N_("名册里没有这个人，名单里也没有姓名，建不了档。")
IN_OTHER = N_("名单里写的社区是“%(name)s”。")


def go_on(list_id: int, *, by: User, at: datetime, seconds: float | None = None) -> int:
    """Work through what is left of a list, for at most so many seconds; how many rows are left.

    Commits slice by slice: the caller must have nothing pending. While somebody else is at
    the list nothing is done; who has no end set waits for what is left.
    """
    by_id, me, over = by.id, new_id(), monotonic() + (seconds or inf)
    session.rollback()
    while not _go_round(list_id, me, over, by_id=by_id, at=at) and not seconds and left_of(list_id):
        session.rollback()
        sleep(WAIT)
    return left_of(list_id)


def in_hand(*, at: datetime) -> list[int]:
    """The lists of the last days of which rows are left."""
    left = select(ListRow.id).where(ListRow.list_id == PushedList.id, ListRow.state == "")
    rows = select(PushedList.id).where(PushedList.received_at > at - LATELY, left.exists())
    return list(session.scalars(rows.order_by(PushedList.id)))


def _go_round(list_id: int, me: UUID, over: float, *, by_id: int, at: datetime) -> bool:
    """Slice by slice until nothing is left or the time is over; False where others are at it."""
    slices, rows, name = Slices(), True, f"list {list_id}"
    while rows and monotonic() < over:
        with slices.one():
            if not shifts.take_shift(name, me, at=clock.now()):
                return False
            kept = _kept(list_id)
            if rows := next_of(kept, slices.size):
                Work(kept, by=session.get(User, by_id), at=at).do(rows)
    shifts.end_shift(name, me)
    done_with_batch()
    return True


def left_of(list_id: int) -> int:
    """How many rows nobody has worked on yet."""
    rows = select(func.count(ListRow.id)).where(ListRow.list_id == list_id, ListRow.state == "")
    return session.scalar(rows) or 0


def _kept(list_id: int) -> PushedList:
    """The list without its file: it may be megabytes, and nobody reads it here."""
    return session.get(PushedList, list_id, options=[defer(PushedList.file_sealed)])


class Work:
    """Some rows of one list, and what must be known to work on them."""

    def __init__(self, list_: PushedList, *, by: User, at: datetime, really: bool = True):
        self.list, self.kind, self.community = list_, list_.kind, list_.community
        self.by, self.at, self.really = by, at, really
        self.listing = Listing(self.community, by=by, at=at)
        self.grids = {grid.id: grid for grid in self.community.under("grid")}
        self.asked: list[Asked] = []
        self.openings: list[tuple[Row, Beginning]] = []
        self.joining: list[tuple[Row, Resident]] = []
        self.news: list[dict[str, Any]] = []

    def do(self, rows: Sequence[Row]) -> None:
        """Decide on every row, and do what is clear."""
        told = [row.understood for row in rows]
        self.roll = Roll(told, [row.household_id for row in rows], self.community)
        people = {one.id for book in self.roll.by_home.values() for one in book}
        people |= {one.id for book in self.roll.by_phone.values() for one in book}
        people |= {one.id for one in self.roll.by_number.values()}
        self.cases = OpenCases(people)
        self.newcomers = Newcomers(self.community, rows, at=self.at)
        self.begun: dict[int, Resident] = {}
        for row, one in zip(rows, told, strict=True):
            self._one(row, one)
        self._write_down(rows)

    def with_person(self, row: Row, found: Found) -> None:
        """A person has decided whom a row means (or that it is nobody known)."""
        told = row.understood
        self.roll = Roll([told], [row.household_id], self.community)
        if found.resident:
            self.roll.note(found.resident)
        self.cases = OpenCases([found.resident.id] if found.resident else [])
        self.newcomers = Newcomers(self.community, [row], at=self.at)
        self.begun = {}
        self._take(row, told, found)
        self._write_down([row])

    def reasons(self) -> Mapping[str, Reason]:
        """The closed list of reasons for the kind of case that this list opens."""
        if not hasattr(self, "_reasons"):
            found = reasons_at(self.kind, self.community, clock.local_day(self.at))
            self._reasons = {one.key: one for one in found}
        return self._reasons

    def _write_down(self, rows: Sequence[Row]) -> None:
        if self.really:
            self._begin()
            self._ask()
            session.flush()
            all_happened(self.news)
            write(rows)

    def _one(self, row: Row, told: dict[str, Any]) -> None:
        if self.kind == "shop":
            self._take(row, told, Found())
            return
        found = find(told, row.household_id, self.roll)
        if found.doubt:
            row.state, row.reason = "doubtful", found.doubt.as_json()
            row.understood = told | {"candidates": [one.id for one in found.candidates]}
        else:
            self._take(row, told, found)

    def _take(self, row: Row, told: dict[str, Any], found: Found) -> None:
        """Do what the row asks for about this person, or say why not."""
        if found.resident:
            row.resident = found.resident
            row.household_id = row.household_id or found.resident.household_id
            row.grid_id = found.resident.grid_id or row.grid_id
        if found.how:
            told = told | {"how": found.how, "sure": HOWS[found.how][1]}
            row.understood = told
        if not row.grid_id and not (found.resident and self.kind in ("test",)):
            row.state, row.reason = "unplaced", self._why_unplaced(told).as_json()
            return
        self._settle(row, told, found.resident)

    def _settle(self, row: Row, told: dict[str, Any], resident: Resident | None) -> None:
        try:
            done: Done = DEEDS[self.kind](self, row, told, resident)
        except (Refused, Held) as refused:
            done = Done("refused", _sentence(refused))
        except IntegrityError:
            done = Done("refused", say("刚才有人同时登记了同一个人，请把这一行再导入一次。"))
        row.state = done.state
        row.reason = done.reason.as_json() if done.reason else None
        row.record_id, row.case_id = done.record_id, done.case_id

    def newcomer(self, row: Row, told: dict[str, Any]) -> Resident:
        """Put somebody on the roll whom only the list knows; Refused without a name."""
        if not told.get("name"):
            raise Refused(say(NO_NAME))
        resident = self.newcomers.add(row, told, self.grids.get(row.grid_id))
        row.understood, row.resident = told | {"added": True}, resident
        self.roll.note(resident)
        return resident

    def open(self, row: Row, resident: Resident, beginning: Beginning) -> None:
        """Remember a case that is to begin; all of a batch are begun at once."""
        source = beginning.told.get("source") or self.list.sender[:60]
        beginning = replace(beginning, told=beginning.told | {"source": source})
        self.openings.append((row, beginning))
        self.begun[id(resident)] = resident

    def is_begun(self, row: Row, resident: Resident | None) -> bool:
        """Whether a row above names the same person; the row then joins what that one opens."""
        if resident is None or id(resident) not in self.begun:
            return False
        self.joining.append((row, resident))
        return True

    def _begin(self) -> None:
        """Write what is to begin; where somebody was quicker, one by one."""
        if not self.openings:
            return
        try:
            with session.begin_nested():
                self._write(self.openings)
        except IntegrityError:
            for one in self.openings:
                self._alone(one)
        for row, resident in self.joining:
            found = (first.case_id for first, one in self.openings if one.resident is resident)
            row.case_id = next(found, None)
        self.openings, self.joining = [], []

    def _write(self, openings: Sequence[tuple[Row, Beginning]]) -> None:
        self.newcomers.write(one.resident for _row, one in openings)
        begun = self.listing.begin_all([one for _row, one in openings])
        for (row, one), (case, record) in zip(openings, begun, strict=True):
            row.case_id, row.record_id = case.id, record.id
            row.household_id = row.household_id or one.resident.household_id

    def _alone(self, one: tuple[Row, Beginning]) -> None:
        try:
            with session.begin_nested():
                self._write([one])
        except IntegrityError:
            again = say("刚才有人同时登记了同一个人，请把这一行再导入一次。")
            one[0].state, one[0].reason = "refused", again.as_json()

    def ask_about(self, row: Row, told: dict[str, Any], resident: Resident | None) -> None:
        """Remember that somebody must be verified; all of a batch are asked for at once."""
        grid_id = row.grid_id if row.grid_id in self.grids else None
        home_id = resident.household_id if resident else row.household_id
        self.asked.append(Asked(row, grid_id, home_id, resident))

    def _ask(self) -> None:
        ask_all(self.asked, by=self.by, at=self.at)
        self.asked = []

    def _why_unplaced(self, told: Mapping[str, Any]) -> Say:
        other = told.get("community") or told.get("street") or ""
        if other and not _names_us(other, self.community):
            return say(IN_OTHER, name=other)
        address = told.get("address")
        return say(NOT_FOUND, address=address) if address else say(NOT_PLACED)


def _names_us(written: str, community: Area) -> bool:
    places: list[str] = []
    area: Area | None = community
    while area is not None:
        places.append(area.name)
        area = area.parent
    return any(written in name or name in written for name in places)


def _sentence(refused: Refused | Held) -> Say:
    fields = getattr(refused, "fields", {})
    first = next((errors[0] for errors in fields.values() if errors), None)
    if first is None:
        return refused.why
    return first if isinstance(first, Say) else say(first)
