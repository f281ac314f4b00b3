"""The form of a notice: what, when, where to click, to whom, and how long before to remind."""

from datetime import timedelta
from urllib.parse import urlsplit

from wtforms import MultipleFileField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from app.domain.notices import Draft
from app.domain.receivers import HOW
from app.intake.fields import LineField, MomentField, NoteField, OneOfField
from app.lib.words import N_, say
from app.web.director.receiver_fields import ReceiverForm

REMIND = [
    ("0", N_("不用")),
    ("10", N_("提前 10 分钟")),
    ("30", N_("提前 30 分钟")),
    ("60", N_("提前 1 小时")),
    ("1440", N_("提前 1 天")),
]


class NoticeForm(ReceiverForm):
    how = OneOfField(
        N_("给谁"), choices=[(key, HOW[key]) for key in ("role", "people", "grids")],
        default="role",
    )  # fmt: skip
    title = LineField(N_("什么事"), validators=[DataRequired(N_("请写一句是什么事。"))])
    words = NoteField(N_("内容（可不填）"), render_kw={"rows": 3})
    starts_at = MomentField(N_("什么时间（可不填）"))
    remind = OneOfField(N_("到时间前再提醒"), choices=REMIND, default="10")
    link = StringField(
        N_("链接（可不填）"), validators=[Length(max=500)], render_kw={"inputmode": "url"}
    )
    files = MultipleFileField(
        N_("附件"), description=N_("图片、PDF、docx、xlsx、pptx，最多 5 个，一共不超过 8 MB")
    )

    def validate_link(self, field: StringField) -> None:
        field.data = (field.data or "").strip()
        parts = urlsplit(field.data)
        if field.data and (parts.scheme not in ("https", "http") or not parts.netloc):
            raise ValidationError(say("链接要以 https:// 开头。"))

    @property
    def draft(self) -> Draft:
        minutes = int(self.remind.data)
        return Draft(
            title=self.title.data,
            words=self.words.data or "",
            starts_at=self.starts_at.instant,
            link=self.link.data or "",
            remind=timedelta(minutes=minutes) if minutes else None,
        )
