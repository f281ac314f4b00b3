"""Seeing one covered value of one person: with a reason, for five minutes, on the record."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.domain import watch
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.revealed import target_of
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me, my
from app.web.residents import residents

WHAT = [("phone", N_("电话")), ("name", N_("姓名")), ("id_number", N_("身份证号"))]
REASONS = [
    ("call", N_("电话联系")),
    ("identify", N_("上门核对身份")),
    ("decode", N_("申报解码材料")),
    ("emergency", N_("紧急情况")),
    ("other", N_("其他")),
]


class RevealForm(IntakeForm):
    what = RadioField(N_("看什么"), choices=WHAT, validators=[InputRequired()])
    reason = RadioField(N_("为什么要看"), choices=REASONS, validators=[InputRequired()])
    words = StringField(
        N_("写明原因"),
        validators=[Length(max=100, message=N_("最多写 100 个字。"))],
        render_kw={"data-when": "reason=other"},
    )

    def validate_words(self, field: StringField) -> None:
        if self.reason.data == "other" and not (field.data or "").strip():
            raise ValidationError(N_("请写明原因。"))

    @property
    def why(self) -> str:
        """The reason as the audit keeps it."""
        said = dict(REASONS)[self.reason.data]
        return f"{said}：{self.words.data.strip()}" if self.reason.data == "other" else said


@residents.route("/residents/<int:resident_id>/reveal", methods=["GET", "POST"])
@allows(P.REVEAL)
def reveal(resident_id: int) -> ResponseReturnValue:
    found = my().find(my().residents, resident_id) or abort(404)
    form = RevealForm(request.form or None, what=request.args.get("what", "phone"))
    if request.method == "GET" or not form.validate():
        answered = page("residents/reveal.html", resident=found, form=form)
        return answered, (422 if request.method == "POST" else 200)
    target = target_of(found.id, form.what.data)
    watch.opened("revealed", target, form.why, by=me(), at=clock.now())
    if form.what.data == "phone" and request.headers.get("HX-Request"):
        return page("residents/reveal.html", block="call", resident=found)
    return redirect(url_for("residents.resident", resident_id=found.id) + "#facts", 303)
