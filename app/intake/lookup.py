"""One person's look for the rows an entry names: hers, a neighbour's, formerly hers, or not there.

Hers (on the day of the deed, or today): found. In her community but another's
grid: held for her director. In a community she has left, and hers to know of
then: held for the director there. Anywhere else it does not exist.
"""

from datetime import datetime
from typing import Any

from app.domain.incidents import Incident
from app.domain.once_hers import was_hers, was_in
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.receipts import UNSETTLED, receipt_of
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.intake.sight import Sight, row_number
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.lib.words import N_, say

MODELS = {
    "resident": Resident,
    "household": Household,
    "task": Task,
    "incident": Incident,
    "record": Record,
}
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
LEFT = N_("登记的人已经不在这个社区，内容已保留，等这个社区的负责人定夺。")


class Lookup:
    """Rows by what an entry calls them, for a deed done `at`.

    `anywhere`: all of the community are hers to tell of.
    """

    def __init__(self, sight: Sight, *, at: datetime, anywhere: bool = False):
        self.sight, self.at, self.anywhere = sight, at, anywhere
        self.day = sight.day(at)

    @property
    def community(self) -> Area:
        """Where an entry belongs that names nobody: the community she was in when she wrote it.

        Raises Held where that is not the one she is in now.
        """
        here = self.sight.community
        then = here if self.sight.decided_in else self.sight.community_then(self.at)
        if then is None:
            raise Refused(say("您的账号没有所属社区，不能登记。"))
        if here is None or then.id != here.id:
            raise Held(say(LEFT), then.id)
        return here

    def row(self, what: str, wanted: Any) -> Any:
        """The row that is wanted, None where none is named; raises Refused or Held."""
        if wanted in (None, ""):
            return None
        model = MODELS[what]
        row_id = read_id(wanted) if model is Record else row_number(wanted)
        found = self.sight.find(what, row_id, self.day) if row_id else None
        return found or self._beyond(what, session.get(model, row_id) if row_id else None)

    def _beyond(self, what: str, row: Any) -> Any:
        """A row outside of her scope."""
        if row is None or not self._is_here(row):
            raise self._of_another_community(what, row)
        if not (self.anywhere or self._is_her_residents(row)):
            raise Held(say(ELSEWHERE[what]), row.community_id)
        return row

    def _is_here(self, row: Any) -> bool:
        here = self.sight.community
        return here is not None and row.community_id == here.id

    def _of_another_community(self, what: str, row: Any) -> Exception:
        left = row is not None and not self.sight.decided_in and self._was_hers(row)
        return Held(say(LEFT), row.community_id) if left else Refused(say(NOT_FOUND[what]))

    def _was_hers(self, row: Any) -> bool:
        """What could be told of any grid of her community could be so before she left it."""
        by, today = self.sight.by, self.sight.today
        return was_hers(by, row, today) or (self.anywhere and was_in(by, row.community_id, today))

    def _is_her_residents(self, row: Any) -> bool:
        """Whether it is a task that went to somebody else by name, for a resident of hers."""
        if not isinstance(row, Task) or not row.resident_id:
            return False
        return self.row("resident", row.resident_id) is not None


def awaited(wanted: Any, *, by: User) -> None:
    """Raise Held where an entry of hers that another one builds upon is not settled itself."""
    entry_id = read_id(wanted)
    receipt = receipt_of(entry_id) if entry_id else None
    if receipt is not None and receipt.user_id == by.id and receipt.state in UNSETTLED:
        waits = say("这条说的是另一条还没定下来的登记，已一起保留，等社区负责人定夺。")
        raise Held(waits, receipt.community_id)
