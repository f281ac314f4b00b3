"""What one author may tell of, looked up once for all the entries that she sends together.

What she had on the day of the deed counts beside what she has today: a grid may
have gone to somebody else while her phone had no signal.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.once_hers import first_day
from app.domain.people import User
from app.domain.places import Area
from app.domain.postings import FormerPosting, Posting, former_postings, posting_of
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

# What every entry about such a row reads next, fetched along with it.
WITH = {
    "resident": (joinedload(Resident.household), joinedload(Resident.grid)),
    "task": (
        joinedload(Task.case),
        joinedload(Task.resident).joinedload(Resident.household),
        joinedload(Task.resident).joinedload(Resident.grid),
    ),
}
LOOKED_AHEAD = ("task", "resident", "household")
LARGEST_ID = 2**31


class Sight:
    """An author's scopes and rows. `decided_in` is the community whose director has decided."""

    def __init__(self, by: User, decided_in: Area | None = None):
        self.by = by
        self.today = clock.today()
        self.decided_in = decided_in
        self._scopes: dict[date, Scope] = {}
        self._rows: dict[tuple[str, date], dict[Any, Any]] = defaultdict(dict)
        self._cases: dict[int, list[Case]] = {}

    @cached_property
    def community(self) -> Area | None:
        """Where her entries are judged: her own community, or the one whose director decides."""
        return self.decided_in or posting_of(self.by).community

    @cached_property
    def former(self) -> list[FormerPosting]:
        return former_postings(self.by)

    def community_then(self, at: datetime) -> Area | None:
        """Where she belonged at that instant; if nowhere, where she belongs now or did last."""
        then = next((f.posting for f in self.former if f.until > at), posting_of(self.by))
        last = (f.posting.community for f in reversed(self.former) if f.posting.community)
        return then.community or self.community or next(last, None)

    def day(self, at: datetime) -> date:
        """The day whose scope counts for a deed; today, where it is too long ago."""
        day = clock.local_day(at)
        return day if first_day(self.today) <= day <= self.today else self.today

    def scope(self, day: date) -> Scope:
        if day not in self._scopes:
            self._scopes[day] = Scope(self.by, day, self._posting_there)
        return self._scopes[day]

    def scope_then(self, day: date) -> Scope:
        """The scope of the day of the deed; today's, where she had no grid yet or any more."""
        scope = self.scope(day)
        lost = day != self.today and scope.role == "worker" and not scope.grids
        return self.scope(self.today) if lost else scope

    def find(self, what: str, row_id: Any, day: date) -> Any:
        """A row that is hers on the day of the deed, or today; None where it is neither."""
        found = self._find(what, row_id, day)
        return found if found or day == self.today else self._find(what, row_id, self.today)

    def look_ahead(self, subjects: Iterable[tuple[Mapping[str, Any], datetime]]) -> None:
        """Read at once the rows that many entries name, so that `find` need not ask for each.

        Only rows that the server has numbered: a record may be made by the entry before.
        """
        wanted: dict[tuple[str, date], set[int]] = defaultdict(set)
        for ids, at in subjects:
            for what in LOOKED_AHEAD:
                if number := row_number(ids.get(f"{what}_id")):
                    wanted[what, self.day(at)].add(number)
        for (what, day), numbers in wanted.items():
            self._look_up(what, numbers, day)
        self._cases |= _cases_of(self._residents())

    def cases(self, resident_id: int) -> list[Case]:
        """All cases of a resident, the one opened last first."""
        if resident_id not in self._cases:
            self._cases |= _cases_of({resident_id})
        return self._cases[resident_id]

    @cached_property
    def asked_for(self) -> dict[tuple[str, int], list[int]]:
        """Open work given out in her community that a record does: tasks by kind and resident."""
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        if self.community is None:
            return found
        columns = select(Task.asks, Task.resident_id, Task.id).where(
            Task.community_id == self.community.id,
            Task.state == "open",
            Task.kind.in_(("assignment", "follow", "propose")),
            Task.resident_id.is_not(None),
        )
        for kind, resident_id, task_id in session.execute(columns.order_by(Task.id)):
            found[kind, resident_id].append(task_id)
        return found

    def forget_cases(self) -> None:
        """A case was opened: what was looked up is not all any more."""
        self._cases.clear()

    def _look_up(self, what: str, wanted: set[int], day: date) -> None:
        rows = self._rows_of(what, day)
        model = rows.column_descriptions[0]["entity"]
        found = {row.id: row for row in session.scalars(rows.where(model.id.in_(wanted)))}
        self._rows[what, day] |= dict.fromkeys(wanted) | found

    def _residents(self) -> set[int]:
        """Whom the rows are about that were looked up."""
        found = set()
        for (what, _day), rows in self._rows.items():
            column = {"resident": "id", "task": "resident_id"}.get(what)
            found |= {getattr(row, column) for row in rows.values() if row and column}
        return found - {None}

    def _find(self, what: str, row_id: Any, day: date) -> Any:
        known = self._rows[what, day]
        if row_id in known:
            return known[row_id]
        return self.scope(day).find(self._rows_of(what, day), row_id)

    def _rows_of(self, what: str, day: date) -> Any:
        return getattr(self.scope(day), f"{what}s").options(*WITH.get(what, ()))

    @cached_property
    def _posting_there(self) -> Posting:
        """What she is; where another community's director decides, what she was there."""
        now = posting_of(self.by)
        if self.decided_in is None or now.community is self.decided_in:
            return now
        there = (f.role for f in reversed(self.former) if f.posting.community is self.decided_in)
        return Posting(next(there, now.role), self.decided_in)


def _cases_of(resident_ids: set[int]) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = {resident_id: [] for resident_id in resident_ids}
    wanted = select(Case).where(Case.resident_id.in_(found)).order_by(Case.opened_at.desc())
    for case in session.scalars(wanted):
        found[case.resident_id].append(case)
    return found


def row_number(value: Any) -> int | None:
    """The number of a row; None for what can be none."""
    text = str(value)
    number = int(text) if text.isdecimal() and len(text) < 11 else 0
    return number if 0 < number < LARGEST_ID else None
