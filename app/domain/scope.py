"""Whom and what a person may see: rows are loaded through her, never bare.

A worker sees her grids and what was given to her by name; a director her
community; officials and admins no resident at all (an official opens one person
with a reason, see app/web/official). `find` answers None for what is out of
scope, exactly as for what does not exist.
"""

from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Select, false, or_, select, true

from app.domain.assignments import Assignment
from app.domain.attachments import Attachment
from app.domain.cases import Case
from app.domain.checks import Check
from app.domain.incidents import Incident
from app.domain.notices import Notice, NoticeReader
from app.domain.people import User
from app.domain.places import Area, Building, Household
from app.domain.postings import Posting, posting_of
from app.domain.pushed import ListRow, PushedList
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.shops import Shop
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

Row = TypeVar("Row")


class Scope:
    """What `user` may see on `day`; `posting` is what she is then, if not what she is now."""

    def __init__(self, user: User, day: date | None = None, posting: Posting | None = None):
        self.user = user
        self.day = day or clock.today()
        self.posting = posting or posting_of(user)
        self.role = self.posting.role

    @cached_property
    def grids(self) -> list[Area]:
        """The grids of her community she works in or is responsible for, by code."""
        if self.community is None:
            return []
        if self.role == "worker":
            hers = self.user.grids_on(self.day)
            return [grid for grid in hers if self.community.contains(grid)]
        return self.community.under("grid")

    @cached_property
    def grid_ids(self) -> list[int]:
        return [grid.id for grid in self.grids]

    @cached_property
    def community(self) -> Area | None:
        return self.posting.community

    @property
    def residents(self) -> Select:
        given = self._given(Resident.id, Task.resident_id)
        return select(Resident).where(or_(self._mine(Resident), given))

    @property
    def households(self) -> Select:
        given = self._given(Household.id, Task.household_id)
        return select(Household).where(or_(self._mine(Household), given))

    @property
    def buildings(self) -> Select:
        return select(Building).where(self._mine(Building))

    @property
    def cases(self) -> Select:
        return select(Case).where(or_(self._mine(Case), self._given(Case.id, Task.case_id)))

    @property
    def records(self) -> Select:
        hers = self._here(Record) & (Record.by_id == self.user.id)
        return select(Record).where(or_(self._mine(Record), hers))

    @property
    def tasks(self) -> Select:
        """Her grids' tasks that nobody else was named for, and those that name her."""
        return select(Task).where(self.task_condition)

    @property
    def task_condition(self) -> Any:
        if self.role != "worker":
            return self._mine(Task)
        unnamed = self._mine(Task) & Task.assignee_id.is_(None)
        return or_(unnamed, self._here(Task) & (Task.assignee_id == self.user.id))

    @property
    def incidents(self) -> Select:
        hers = or_(Incident.reported_by_id == self.user.id, Incident.assignee_id == self.user.id)
        return select(Incident).where(or_(self._mine(Incident), self._here(Incident) & hers))

    @property
    def assignments(self) -> Select:
        """Work given out: all of a director's community, and what somebody has a task of."""
        if self.role == "director":
            return select(Assignment).where(self._mine(Assignment))
        hers = select(Task.assignment_id).where(self.task_condition)
        return select(Assignment).where(Assignment.id.in_(hers))

    @property
    def checks(self) -> Select:
        """People to be checked: all of a director's community, and what she has a task of."""
        if self.role == "director":
            return select(Check).where(self._mine(Check))
        hers = select(Task.check_id).where(self.task_condition)
        return select(Check).where(Check.id.in_(hers))

    @property
    def pushed_lists(self) -> Select:
        """Lists that others sent: a director's, of her community."""
        here = self._mine(PushedList) if self.role == "director" else false()
        return select(PushedList).where(here)

    @property
    def list_rows(self) -> Select:
        lists = self.pushed_lists.with_only_columns(PushedList.id)
        return select(ListRow).where(ListRow.list_id.in_(lists))

    @property
    def shops(self) -> Select:
        return select(Shop).where(self._mine(Shop))

    @property
    def notices(self) -> Select:
        """Notices: all of a director's community, and those that go to somebody."""
        if self.role == "director":
            return select(Notice).where(self._mine(Notice))
        hers = select(NoticeReader.notice_id).where(NoticeReader.user_id == self.user.id)
        here = self._here(Notice) & Notice.withdrawn_at.is_(None)
        return select(Notice).where(here, Notice.id.in_(hers))

    @property
    def attachments(self) -> Select:
        """The files of what she may see."""
        of_work = Attachment.assignment_id.in_(self.assignments.with_only_columns(Assignment.id))
        of_news = Attachment.notice_id.in_(self.notices.with_only_columns(Notice.id))
        return select(Attachment).where(or_(of_work, of_news))

    def find(self, rows: Select, row_id: Any) -> Any:
        """The one row of `rows` with this id, or None where it is not hers to see."""
        model = rows.column_descriptions[0]["entity"]
        return session.scalar(rows.where(model.id == row_id))

    def _here(self, model: Any) -> Any:
        """In her community: what somebody did in another one she sees no more."""
        return model.community_id == self.community.id if self.community else false()

    def _mine(self, model: Any) -> Any:
        if self.role == "worker":
            return model.grid_id.in_(self.grid_ids) if self.grid_ids else false()
        if self.role == "director" and self.community:
            return model.community_id == self.community.id
        return false()

    def _given(self, own_id: Any, of_task: Any) -> Any:
        """What a task that names her is about, until the day it was done is over."""
        if self.role != "worker":
            return false()
        named = select(of_task).where(Task.assignee_id == self.user.id, Task.state != "withdrawn")
        named = named.where(self._here(Task))
        return own_id.in_(named.where(or_(Task.state == "open", Task.done_day >= self.day)))


def areas_of(user: User) -> Any:
    """The condition that an area is the user's own or under it."""
    if user.area is None:
        return true() if user.role == "admin" else false()
    return Area.path.startswith(user.area.path)
