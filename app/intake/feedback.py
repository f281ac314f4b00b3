"""A word to the director about the work or the app: no work itself, so nothing counts it.

It goes the road of every entry, so that it is not lost where there is no signal. What
was said stands in the box alone (app/domain/feedback.py), for the director's eyes.
"""

from wtforms.validators import DataRequired

from app.domain.feedback import give_feedback
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField
from app.intake.kind import Kind, Telling
from app.lib.words import N_
from app.policy.permissions import Permission


class FeedbackForm(IntakeForm):
    words = NoteField(N_("想说的话"), validators=[DataRequired(message=N_("请先写几句。"))])


def keep(form: FeedbackForm, telling: Telling) -> Record:
    box = telling.subject.community
    give_feedback(form.words.data, to=box, by=telling.by, at=telling.received_at)
    about_nobody = dict.fromkeys(("resident", "household", "case", "incident_id", "grid_id"))
    deed = telling.deed("feedback", "given", {}, **about_nobody)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="feedback",
    words=N_("意见"),
    icon="feedback",
    form=FeedbackForm,
    keep=keep,
    about="place",
    permission=Permission.GIVE_FEEDBACK,
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
