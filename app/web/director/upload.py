"""One batch for the city's platform: fetch its file, say that it is up, read the receipt."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired

from app.domain import audit
from app.domain.exports import Export, export_below
from app.domain.uploads import ITEM_STATES, UploadBatch, batch_of, items_of
from app.exchange.upload_receipt import Receipt, read_receipt
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me
from app.web.records.retelling import kind_words, outcome_words
from app.web.refused_fields import show_refusal
from app.web.words import translated


class ReceiptForm(IntakeForm):
    file = FileField(
        N_("平台回执"),
        validators=[InputRequired(N_("请先选一个文件。"))],
        description=N_(".xlsx 或 .csv，要有“结果”列；只有“失败原因”列的也行"),
        render_kw={"accept": ".xlsx,.csv"},
    )
    rest_taken = BooleanField(N_("回执只列失败的，没列的都算已收"))


@director.get("/uploads/<int:batch_id>")
@allows(P.UPLOAD)
def upload(batch_id: int) -> ResponseReturnValue:
    batch = batch_or_404(batch_id)
    export = export_for(batch)
    state = export.state_at(clock.now()) if export else "gone"
    return unchanged(state) or show(batch, ReceiptForm())


@director.post("/uploads/<int:batch_id>/sending")
@allows(P.UPLOAD)
def upload_sending(batch_id: int) -> ResponseReturnValue:
    batch = batch_or_404(batch_id)
    _settle(lambda: tell(_("%(n)s 条标为已上传。", n=batch.send(by=me(), at=clock.now()))))
    return redirect(url_for("director.upload", batch_id=batch.id), 303)


@director.post("/uploads/<int:batch_id>/removal")
@allows(P.UPLOAD)
def upload_removal(batch_id: int) -> ResponseReturnValue:
    batch = batch_or_404(batch_id)
    _settle(lambda: batch.drop(by=me(), at=clock.now()))
    return redirect(url_for("director.uploads"), 303)


@director.post("/uploads/<int:batch_id>/receipt")
@allows(P.UPLOAD)
def upload_receipt(batch_id: int) -> ResponseReturnValue:
    batch = batch_or_404(batch_id)
    form = ReceiptForm(CombinedMultiDict([request.form, request.files]))
    if not form.validate():
        return show(batch, form), 422
    try:
        receipt = _read(batch, form)
    except Refused as refused:
        return show(batch, form, show_refusal(form, refused)), 422
    return show(batch, ReceiptForm(), receipt=receipt)


def batch_or_404(batch_id: int) -> UploadBatch:
    return batch_of(community(), batch_id) or abort(404)


def export_for(batch: UploadBatch) -> Export | None:
    return export_below(community(), batch.export_id) if batch.export_id else None


def show(
    batch: UploadBatch, form: ReceiptForm, why: Say | None = None, receipt: Receipt | None = None
) -> Any:
    export = export_for(batch)
    return page(
        "director/upload.html",
        block="panel",
        batch=batch,
        items=items_of(batch),
        export=export,
        state=export.state_at(clock.now()) if export else "gone",
        mine=export is not None and export.by_id == me().id,
        form=form,
        why=why,
        receipt=receipt,
        states=ITEM_STATES,
        words={"kind": kind_words, "outcome": outcome_words},
    )


def _read(batch: UploadBatch, form: ReceiptForm) -> Receipt:
    file, now = form.file.data, clock.now()
    receipt = read_receipt(file.filename, file.read(), batch, rest_taken=form.rest_taken.data)
    batch.take_answers(receipt.answers, by=me(), at=now)
    said = f"{len(receipt.answers)}/{len(batch.items)}"
    audit.note("imported", by=me(), at=now, target=f"upload:{batch.id}", reason=said)
    return receipt


def _settle(deed: Any) -> None:
    """Do it, or say why it cannot be done any more."""
    try:
        deed()
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
