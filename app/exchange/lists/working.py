"""Working on some rows of a list: they are matched to people and become work.

A row that is clear is done at once; one that is not waits with what is doubtful about
it. Nothing a row is, or what goes wrong with it, stops the others.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.beginnings import Beginning
from app.domain.checks import Asked, ask_all, foresee
from app.domain.events import all_happened
from app.domain.people import User
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.exchange.lists import on_roll
from app.exchange.lists.cases import OpenCases
from app.exchange.lists.deeds import DEEDS, Done, sentence
from app.exchange.lists.doors import names_another
from app.exchange.lists.newcomers import Newcomers, imagined
from app.exchange.lists.people import HOWS, Found, Roll, find
from app.exchange.lists.row import Row, write
from app.exchange.roll.writing import OnRoll
from app.intake.listed import Listing
from app.intake.reasons import reasons_at
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say, say
from app.policy.rulebook import Reason

# Kinds whose people need no grid to be dealt with.
ANYWHERE = ("test", "resident")
DO = DEEDS | {"resident": on_roll.resident}
AGAIN = N_("刚才有人同时登记了同一个人，请把这一行再导入一次。")
NOT_PLACED = N_("名单里没有写住址，名册里也没有这个人。")
NOT_FOUND = N_("没有找到这个住址：%(address)s。")
NO_NAME = N_("名册里没有这个人，名单里也没有姓名，建不了档。")
IN_OTHER = N_("名单里写的社区是“%(name)s”。")


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
        self.told: set[tuple[Any, ...]] = set()

    def do(self, rows: Sequence[Row]) -> None:
        """Decide on every row, and do what is clear."""
        told = [row.understood for row in rows]
        self._open_doors(rows)
        self.roll = Roll(told, [row.household_id for row in rows], self.community)
        people = {one.id for book in self.roll.by_home.values() for one in book}
        people |= {one.id for book in self.roll.by_phone.values() for one in book}
        people |= {one.id for one in self.roll.by_number.values()}
        self.cases = OpenCases(people)
        if self.kind == "resident":
            self.roll.leave_out(self._named_before(people))
        self.newcomers = Newcomers(self.community, rows, at=self.at)
        self.begun: dict[int, Resident] = {}
        if self.kind == "resident" and self.really:
            self._all_or_none(rows, told)
        else:
            self._all(rows, told)
        self._write_down(rows)

    def with_person(self, row: Row, found: Found) -> None:
        """A person has decided whom a row means (or that it is nobody known)."""
        told = row.understood
        self._open_doors([row])
        self.roll = Roll([told], [row.household_id], self.community)
        if found.resident:
            self.roll.note(found.resident)
        self.cases = OpenCases([found.resident.id] if found.resident else [])
        self.newcomers = Newcomers(self.community, [row], at=self.at)
        self.begun = {}
        self._take(row, told, found)
        if self.kind == "resident":
            self.on_roll.write_new()
        self._write_down([row])

    def reasons(self) -> Mapping[str, Reason]:
        """The closed list of reasons for the kind of case that this list opens."""
        if not hasattr(self, "_reasons"):
            found = reasons_at(self.kind, self.community, clock.local_day(self.at))
            self._reasons = {one.key: one for one in found}
        return self._reasons

    def _all(self, rows: Sequence[Row], told: Sequence[dict[str, Any]]) -> None:
        for row, one in zip(rows, told, strict=True):
            self._one(row, one)

    def _all_or_none(self, rows: Sequence[Row], told: Sequence[dict[str, Any]]) -> None:
        """A roll is written as it is read; somebody may register the same person meanwhile."""
        try:
            with session.begin_nested(), session.no_autoflush:
                self._all(rows, told)
                self.on_roll.write_new()
        except IntegrityError:
            self.openings = []
            for row in rows:
                row.state, row.reason, row.resident = "refused", say(AGAIN).as_json(), None

    def _write_down(self, rows: Sequence[Row]) -> None:
        if self.really:
            self._begin()
            self._ask()
            session.flush()
            all_happened(self.news)
            if self.kind == "resident":
                self.on_roll.tell_homes()
            write(rows)
        else:
            self._ask()

    def _one(self, row: Row, told: dict[str, Any]) -> None:
        if self.kind == "shop":
            self._take(row, told, Found())
            return
        says_where = self.kind == "resident" and bool(told.get("door") or told.get("address"))
        found = find(told, row.household_id, self.roll, says_where=says_where)
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
        if found.resident and self.kind != "resident":
            row.grid_id = found.resident.grid_id or row.grid_id
        if found.how:
            told = told | {"how": found.how, "sure": HOWS[found.how][1]}
            row.understood = told
        if self._is_nowhere(row, told, found):
            row.state, row.reason = "unplaced", self._why_unplaced(told).as_json()
            return
        self._settle(row, told, found.resident)

    def _is_nowhere(self, row: Row, told: Mapping[str, Any], found: Found) -> bool:
        """Whether nobody can say whose row it is; a roll puts whom it can place nowhere apart."""
        if row.grid_id or (found.resident and self.kind in ANYWHERE):
            return False
        return self.kind != "resident" or bool(names_another(told, self.community))

    def _settle(self, row: Row, told: dict[str, Any], resident: Resident | None) -> None:
        try:
            done: Done = DO[self.kind](self, row, told, resident)
        except (Refused, Held) as refused:
            done = Done("refused", sentence(refused))
        except IntegrityError:
            if self.kind == "resident":
                raise
            done = Done("refused", say(AGAIN))
        row.state = done.state
        row.reason = done.reason.as_json() if done.reason else None
        row.record_id, row.case_id = done.record_id, done.case_id
        if self.kind == "resident" and row.resident and row.resident.id:
            self.roll.leave_out({row.resident.id})

    def newcomer(self, row: Row, told: dict[str, Any]) -> Resident:
        """Put somebody on the roll whom only the list knows; Refused without a name."""
        if not told.get("name"):
            raise Refused(say(NO_NAME))
        if self.really:
            resident = self.newcomers.add(row, told, self.grids.get(row.grid_id))
            row.understood, row.resident = told | {"added": True}, resident
        else:
            resident = imagined(row, told)
        self.roll.note(resident)
        return resident

    def open(self, row: Row, resident: Resident, beginning: Beginning) -> None:
        """Remember a case that is to begin; all of a batch are begun at once."""
        if self.really:
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

    def is_told(self, what: tuple[Any, ...]) -> bool:
        """In a rehearsal: whether a row above says this already. Else it can be looked up."""
        is_new = what not in self.told
        if not self.really:
            self.told.add(what)
        return not is_new

    def _open_doors(self, rows: Sequence[Row]) -> None:
        """A roll's rows live behind doors that rows above may have opened."""
        if self.kind == "resident":
            told = [row.understood for row in rows]
            self.on_roll = OnRoll(self.community, told, by=self.by, at=self.at)
            for row in rows:
                home = self.on_roll.home_of(row.understood)
                row.household_id = home.id if home else None

    def _named_before(self, people: Set[int]) -> set[int]:
        """Whom of them other rows of this list mean."""
        rows = select(ListRow.resident_id).where(ListRow.list_id == self.list.id)
        return set(session.scalars(rows.where(ListRow.resident_id.in_(people))))

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
            one[0].state, one[0].reason = "refused", say(AGAIN).as_json()

    def ask_about(self, row: Row, told: dict[str, Any], resident: Resident | None) -> None:
        """Remember that somebody must be verified; all of a batch are asked for at once."""
        grid_id = row.grid_id if row.grid_id in self.grids else None
        home_id = resident.household_id if resident else row.household_id
        self.asked.append(Asked(row, grid_id, home_id, resident))

    def _ask(self) -> None:
        if self.really:
            ask_all(self.asked, by=self.by, at=self.at)
        elif self.asked:
            foresee(self.asked, self.list, at=self.at)
        self.asked = []

    def _why_unplaced(self, told: Mapping[str, Any]) -> Say:
        if other := names_another(told, self.community):
            return say(IN_OTHER, name=other)
        address = told.get("address")
        return say(NOT_FOUND, address=address) if address else say(NOT_PLACED)
