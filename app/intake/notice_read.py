"""Saying that one has read a notice: one tap, also without a network."""

from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.domain.notices import read_notice
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm
from app.intake.given import ABOUT_NOBODY
from app.intake.kind import Kind, Telling
from app.intake.sight import LARGEST_ID
from app.lib.refusal import Refused
from app.lib.words import N_, say


class ReadForm(IntakeForm):
    notice = IntegerField(
        N_("通知"), validators=[InputRequired(N_("没有找到这条通知。"))], widget=HiddenInput()
    )


def keep(form: ReadForm, telling: Telling) -> Record:
    if not 0 < form.notice.data < LARGEST_ID:
        raise Refused(say("没有找到这条通知。"))
    notice = read_notice(form.notice.data, by=telling.by, at=telling.at)
    deed = telling.deed("notice_read", "read", {"notice": notice.id}, **ABOUT_NOBODY)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="notice_read",
    words=N_("已读通知"),
    icon="eye",
    form=ReadForm,
    keep=keep,
    about="place",
    one_tap={"outcome": "read"},
    one_tap_words=N_("我已读"),
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
