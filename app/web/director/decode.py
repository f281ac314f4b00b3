"""申报解码: everybody who is ready, chosen and applied for at once."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.cases import Case
from app.domain.codes import apply_for_decoding
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import say
from app.policy.permissions import Permission as P
from app.reports import decoding
from app.reports.badges import reason_words
from app.web.director import director
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my


@director.get("/decode")
@allows(P.MANAGE_CASES)
def decode() -> ResponseReturnValue:
    if same := unchanged():
        return same
    community = my().community
    return page(
        "director/decode.html",
        applicants=decoding.may_be_applied_for(community),
        batches=decoding.batches(community),
        reason_words=reason_words,
    )


@director.post("/decode")
@allows(P.MANAGE_CASES)
def decode_application() -> ResponseReturnValue:
    applied = apply_for_decoding(_chosen(), by=me(), at=clock.now())
    tell(_("已申报 %(n)s 人。名单可以打印或下载，随申报材料一起交。", n=len(applied)))
    name = f"{applied[0].at:{decoding.NAMED}}"
    return redirect(url_for("director.decode_batch", name=name), 303)


def _chosen() -> list[Case]:
    ids = [int(given) for given in request.form.getlist("case") if given.isdecimal()]
    chosen = list(session.scalars(my().cases.where(Case.id.in_(ids), Case.kind == "yellow")))
    if not chosen:
        raise Refused(say("还没有勾选要申报的人。"))
    return chosen
