"""What the entries about work given out have in common: whose share it is, and is it still open."""

from app.domain.shares import Share, share_of
from app.intake.kind import Telling
from app.lib.refusal import Refused
from app.lib.words import say

# Of these entries nobody's timeline tells.
ABOUT_NOBODY = dict.fromkeys(("resident", "household", "case", "incident_id"))


def share_told_of(telling: Telling) -> Share:
    """The share that an entry names by its task; Refused where the task is no work given out."""
    share = share_of(telling.subject.task)
    if share is None:
        raise Refused(say("没有找到这件交办，请回到“今日”重新点开。"))
    return share


def refuse_late(telling: Telling) -> None:
    """A page is told that the work went on; what a phone brings in is kept as words."""
    if telling.via != "phone":
        raise Refused(say("这件交办已经到了下一步，请刷新后再看。"))
