"""Handing work on, with the reason: to a colleague, or back to the director."""

from datetime import date

from wtforms.validators import DataRequired, InputRequired

from app.domain.people import User, staff_of
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField, OneOfField
from app.intake.given import ABOUT_NOBODY, is_hers, refuse_late, share_told_of
from app.intake.kind import Kind, Subject, Telling
from app.lib.refusal import Refused
from app.lib.words import N_, say

BACK = "back"


class HandOnForm(IntakeForm):
    to = OneOfField(
        N_("转给谁"), choices=[], validators=[InputRequired(N_("请选一个人，或交回社区负责人。"))]
    )
    why = NoteField(N_("为什么"), validators=[DataRequired(N_("请写明原因。"))])


def prepare(form: HandOnForm, subject: Subject, day: date) -> None:
    """Who works in the community today; first the director, who decides where she cannot."""
    herself = subject.scope.user if subject.scope else None
    staff = staff_of(subject.community)
    workers = [user for user in staff if user.role == "worker" and user is not herself]
    here = [(str(user.id), user.name) for user in workers]
    form.to.choices = [(BACK, N_("交回社区负责人")), *here]


def keep(form: HandOnForm, telling: Telling) -> Record:
    share = share_told_of(telling)
    to = _person(form.to.data, telling)
    if to is not None and to.id == telling.by.id:
        raise Refused(say("不能转给自己。"), {"to": [say("不能转给自己。")]})
    if is_hers(share, telling) and share.may("hand_on"):
        share.hand_on(to, form.why.data, by=telling.by, at=telling.at)
    else:
        refuse_late(telling)
    deed = telling.deed("assignment_handed_on", "handed_on", form.told(), **ABOUT_NOBODY)
    return record(deed, by=telling.by, at=telling.received_at)


def _person(chosen: str, telling: Telling) -> User | None:
    staff = staff_of(telling.subject.community)
    return next((user for user in staff if str(user.id) == chosen), None)


KIND = Kind(
    key="assignment_handed_on",
    words=N_("转交"),
    icon="user",
    form=HandOnForm,
    keep=keep,
    about="task",
    prepare=prepare,
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
