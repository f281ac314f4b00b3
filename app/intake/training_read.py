"""Saying that one has gone through a training card: one tap, also without a network."""

from wtforms import StringField
from wtforms.validators import AnyOf
from wtforms.widgets import HiddenInput

from app.domain.recording import record
from app.domain.records import Record
from app.domain.trainings import read_training
from app.intake.fields import IntakeForm
from app.intake.given import ABOUT_NOBODY
from app.intake.kind import Kind, Telling
from app.lib.words import N_
from app.policy.trainings import TRAININGS


class SeenForm(IntakeForm):
    training = StringField(
        N_("培训"), validators=[AnyOf(TRAININGS, N_("没有找到这个培训。"))], widget=HiddenInput()
    )


def keep(form: SeenForm, telling: Telling) -> Record:
    read_training(form.training.data, by=telling.by, at=telling.at)
    deed = telling.deed("training_read", "read", form.told(), **ABOUT_NOBODY)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="training_read",
    words=N_("看过培训"),
    icon="eye",
    form=SeenForm,
    keep=keep,
    about="place",
    one_tap={"outcome": "read"},
    one_tap_words=N_("看过了"),
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
