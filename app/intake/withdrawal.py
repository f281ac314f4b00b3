"""Taking a record back: it stays in the history and counts no more."""

from app.domain import reviews
from app.domain.recording import withdraw
from app.domain.records import Record
from app.intake.fields import IntakeForm, LineField
from app.intake.hers import leave_to_director
from app.intake.kind import Kind, Telling
from app.lib.refusal import Refused
from app.lib.words import N_, say


class WithdrawalForm(IntakeForm):
    reason = LineField(N_("为什么撤销"))


def keep(form: WithdrawalForm, telling: Telling) -> Record:
    wrong, by = telling.subject.record, telling.by
    if by.role != "director" and wrong.by_id != by.id and not telling.decided:
        leave_to_director(say("只能撤销自己登记的内容；别人的请告诉社区负责人。"), telling.via)
    kind = telling.takes_back
    if kind is None or not kind.undoable:
        raise Refused(say("这类登记不能撤销；有错请告诉社区负责人。"))
    kept = withdraw(
        wrong, id=telling.id, reason=form.reason.data or "", by=by, at=telling.received_at
    )
    if kind.undo:
        kind.undo(wrong, telling)
    reviews.settle(wrong, by=by, at=telling.received_at)
    return kept


KIND = Kind(
    key="withdrawal",
    words=N_("撤销"),
    icon="undo",
    form=WithdrawalForm,
    keep=keep,
    about="record",
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
