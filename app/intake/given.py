"""What the entries about work given out have in common: whose share it is, and is it still open."""

from app.domain.people import workers_of
from app.domain.shares import Share, share_of
from app.intake.kind import Telling
from app.intake.lookup import ELSEWHERE
from app.lib import clock
from app.lib.refusal import Held, Refused
from app.lib.words import say

# Of these entries nobody's timeline tells.
ABOUT_NOBODY = dict.fromkeys(("resident", "household", "case", "incident_id"))


def share_told_of(telling: Telling) -> Share:
    """The share that an entry names by its task; Refused where the task is no work given out."""
    share = share_of(telling.subject.task)
    if share is None:
        raise Refused(say("没有找到这件交办，请回到“今日”重新点开。"))
    return share


def is_hers(share: Share, telling: Telling) -> bool:
    """Whether it is still hers to accept, ask about or hand on, or went to somebody else since.

    What her phone brings in then waits for the director (Held); decided, it is kept as words,
    and whoever has the work now has it as before.
    """
    task, by = share.task, telling.by
    elsewhere = ELSEWHERE["task"]
    others = task.assignee_id not in (None, by.id)
    if others and telling.via == "phone" and not telling.decided:
        raise Held(say(elsewhere), task.community_id)
    if telling.decided and task.assignee_id is None:
        there = workers_of([task.grid_id], clock.local_day(telling.received_at))
        others = by.id not in {user.id for _grid, user in there}
    return not others


def refuse_late(telling: Telling) -> None:
    """A page is told that the work went on; what a phone brings in is kept as words."""
    if telling.via != "phone":
        raise Refused(say("这件交办已经到了下一步，请刷新后再看。"))
