"""What was given to one person is answered by that person; what a director must say, by her."""

from app.intake.kind import Telling
from app.lib.refusal import Held, Refused
from app.lib.words import Say, say

HELD = say("这要由社区负责人来定，内容已保留，等社区负责人定夺。")


def leave_to_director(why: Say, via: str, *, held: Say = HELD) -> None:
    """What only a director may say: a page refuses it, what a phone brought in waits for her."""
    raise Held(held) if via == "phone" else Refused(why)


def hold_unless_hers(telling: Telling) -> None:
    """An incident that was given to somebody else meanwhile: the director decides."""
    if telling.by.role != "worker" or telling.decided:
        return
    if telling.subject.incident.assignee_id != telling.by.id:
        raise Held(say("这件事现在交给了别人，登记已保留，等社区负责人定夺。"))


def refuse_unless_hers(telling: Telling) -> None:
    """A question is answered by the one it was put to."""
    if telling.subject.task.assignee_id != telling.by.id:
        raise Refused(say("这个问题是问别人的，不用您答复。"))
