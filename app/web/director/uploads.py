"""上传市平台: what is verified and not uploaded, the batches, and what the platform gave back."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import uploads as domain
from app.domain.blank_forms import BlankForm, forms_of
from app.domain.uploads import UploadBatch
from app.exchange import exporting
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.reports.counters import asked, tally
from app.web.director import director
from app.web.director.asked import community
from app.web.director.counted import rows_url
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me, my
from app.web.words import translated

NUMBERS = ("to_upload", "upload_refused")


@director.get("/uploads")
@allows(P.UPLOAD)
def uploads() -> ResponseReturnValue:
    here, forms = asked(community()), platform_forms()
    numbers, refused = tally([(here, NUMBERS)]), domain.refused_in(community())
    shown = {"numbers": numbers, "here": here, "forms": forms, "refused": refused}
    return page("director/uploads.html", **shown, **_batches(), rows_url=rows_url)


@director.post("/uploads")
@allows(P.UPLOAD)
def draw_upload() -> ResponseReturnValue:
    """A batch of all that waits; whole names and numbers are asked for along with it."""
    try:
        batch = _draw(request.form.get("form", type=int))
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
        return redirect(url_for("director.uploads"), 303)
    return redirect(url_for("director.upload", batch_id=batch.id), 303)


@director.post("/uploads/again")
@allows(P.UPLOAD)
def upload_again() -> ResponseReturnValue:
    """What was refused is mended: it waits to go up again."""
    wanted = set(request.form.getlist("items", type=int))
    refused = domain.refused_in(community())
    n = domain.put_back(item for item in refused if item.id in wanted)
    if n:
        tell(_("%(n)s 条放回待上传。", n=n))
    else:
        tell(_("还没有勾选。勾选要再传的，再按一下。"), tone="warn")
    return redirect(url_for("director.uploads"), 303)


def platform_forms() -> list[BlankForm]:
    """The forms that a batch can be filled into."""
    return [form for form in forms_of(community()) if form.ledger == "record"]


def _draw(form_id: int | None) -> UploadBatch:
    known = {form.id for form in platform_forms()}
    form, now = form_id if form_id in known else None, clock.now()
    batch = domain.draw(community(), form_id=form, by=me(), at=now)
    why, what = _("上传市平台"), {"batch": batch.id}
    batch.export_id = exporting.ask("upload", what, my(), reason=why, at=now).id
    return batch


def _batches() -> dict[str, Any]:
    """The last batches with their sums; `drawn` is how much lies in those not sent yet."""
    batches = domain.batches_of(community())
    sums = domain.sums_of(batches)
    drawn = sum(sums[batch.id]["drawn"] for batch in batches if batch.is_open)
    return {"batches": batches, "sums": sums, "drawn": drawn}
