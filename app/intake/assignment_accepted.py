"""Saying that one has the work and will do it: one tap, also without a network."""

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm
from app.intake.given import ABOUT_NOBODY, is_hers, refuse_late, share_told_of
from app.intake.kind import Kind, Telling
from app.lib.words import N_


class AcceptedForm(IntakeForm):
    pass


def keep(form: AcceptedForm, telling: Telling) -> Record:
    share = share_told_of(telling)
    if is_hers(share, telling) and share.may("accept"):
        share.accept(by=telling.by, at=telling.at)
    else:
        refuse_late(telling)
    deed = telling.deed("assignment_accepted", "accepted", {}, **ABOUT_NOBODY)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="assignment_accepted",
    words=N_("接收交办"),
    icon="check",
    form=AcceptedForm,
    keep=keep,
    about="task",
    one_tap={"outcome": "accepted"},
    one_tap_words=N_("接收"),
    offered=False,
    correctable=False,
    undoable=False,
    leaves_task=True,
    photos=False,
)
