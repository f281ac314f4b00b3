"""One person's look for the rows an entry names: hers, a neighbour grid's, or not there."""

from typing import Any

from sqlalchemy.orm import joinedload

from app.domain.people import User
from app.domain.places import Area
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.lib.words import N_, say

# What every entry about such a row reads next, fetched along with it.
WITH = {
    "resident": (joinedload(Resident.household), joinedload(Resident.grid)),
    "task": (
        joinedload(Task.case),
        joinedload(Task.resident).joinedload(Resident.household),
        joinedload(Task.resident).joinedload(Resident.grid),
    ),
}
LARGEST_ID = 2**31
NOT_FOUND = {
    "resident": N_("没有找到这位居民，请从“居民”里重新选一次。"),
    "household": N_("没有找到这一户，请从“居民”里重新选一次。"),
    "task": N_("没有找到这项任务，请回到“今日”重新点开。"),
    "incident": N_("没有找到这件突发事件，请刷新后再看。"),
    "record": N_("没有找到这条登记，请刷新后再看。"),
    "case": N_("没有找到这份档案，请从“居民”里重新选一次。"),
}
ELSEWHERE = {
    "resident": N_("这位居民现在归别的网格，登记已保留，等社区负责人定夺。"),
    "household": N_("这一户现在归别的网格，登记已保留，等社区负责人定夺。"),
    "task": N_("这件事现在交给了别人，登记已保留，等社区负责人定夺。"),
    "incident": N_("这件突发事件现在不归您处理，登记已保留，等社区负责人定夺。"),
    "record": N_("这条登记现在归别的网格，您的内容已保留，等社区负责人定夺。"),
}


class Lookup:
    """Rows by what an entry calls them. `anywhere`: all of the community are hers to tell of."""

    def __init__(self, by: User, *, anywhere: bool):
        self.scope = Scope(by)
        self.anywhere = anywhere

    @property
    def community(self) -> Area:
        if self.scope.community is None:
            raise Refused(say("您的账号没有所属社区，不能登记。"))
        return self.scope.community

    def row(self, what: str, wanted: Any) -> Any:
        """The row that is wanted, None where none is named; raises Refused or Held."""
        if wanted in (None, ""):
            return None
        rows = getattr(self.scope, f"{what}s").options(*WITH.get(what, ()))
        model = rows.column_descriptions[0]["entity"]
        row_id = read_id(wanted) if model is Record else row_number(wanted)
        found = self.scope.find(rows, row_id) if row_id else None
        return found or self._neighbours(what, session.get(model, row_id) if row_id else None)

    def _neighbours(self, what: str, row: Any) -> Any:
        """A row outside her scope: of her community it is held, otherwise it is not there."""
        if row is None or row.community_id != self.community.id:
            raise Refused(say(NOT_FOUND[what]))
        if not (self.anywhere or self._is_her_residents(row)):
            raise Held(say(ELSEWHERE[what]))
        return row

    def _is_her_residents(self, row: Any) -> bool:
        """Whether it is a task that went to somebody else by name, for a resident of hers."""
        if not isinstance(row, Task) or not row.resident_id:
            return False
        return self.row("resident", row.resident_id) is not None


def row_number(value: Any) -> int | None:
    """The number of a row; None for what can be none."""
    text = str(value)
    number = int(text) if text.isdecimal() and len(text) < 11 else 0
    return number if 0 < number < LARGEST_ID else None
