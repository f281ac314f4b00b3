"""What a director does about work that is out, each a noun below its address."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.assignments import Assignment
from app.domain.shares import Share
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.reports.given_work import unaccepted
from app.web.director import director
from app.web.director.given import MoveForm, WordsForm, found_given, found_share, show
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.refused_fields import show_refusal
from app.web.return_path import after_this


@director.post("/assignments/<int:given_id>/deadline")
@allows(P.DIRECT_WORK)
def deadline(given_id: int) -> ResponseReturnValue:
    found, form = found_given(given_id), MoveForm(request.form)
    move = partial(_move, found, form)
    return take(found, "move", form, move, _("期限已改，原来的期限照样看得到。"))


@director.post("/assignments/<int:given_id>/reminders")
@allows(P.DIRECT_WORK)
def remind_unaccepted(given_id: int) -> ResponseReturnValue:
    waiting = unaccepted(found_given(given_id))
    for task in waiting:
        task.remind(by=me(), at=clock.now())
    if waiting:
        tell(_("已提醒 %(n)s 人，会排在对方今日清单的最前面。", n=len(waiting)))
    else:
        tell(_("都已经接收了。"))
    return redirect(after_this(), 303)


@director.post("/assignments/<int:given_id>/withdrawal")
@allows(P.DIRECT_WORK)
def withdraw_given(given_id: int) -> ResponseReturnValue:
    found = found_given(given_id)
    found.withdraw("", by=me(), at=clock.now())
    tell(_("已撤回，没办的不用再办。"))
    return redirect(url_for("director.given", given_id=given_id), 303)


@director.post("/assignments/<int:given_id>/checks")
@allows(P.DIRECT_WORK)
def check_given(given_id: int) -> ResponseReturnValue:
    done = [share for share in found_given(given_id).shares if share.may("check")]
    for share in done:
        share.check(by=me(), at=clock.now())
    tell(_("已核 %(n)s 份。", n=len(done)))
    return redirect(url_for("director.given", given_id=given_id), 303)


@director.post("/assignments/<int:given_id>/shares/<int:share_id>/answer")
@allows(P.DIRECT_WORK)
def answer_share(given_id: int, share_id: int) -> ResponseReturnValue:
    return say(given_id, share_id, Share.answer, _("已答复，对方点开就能看到。"))


@director.post("/assignments/<int:given_id>/shares/<int:share_id>/return")
@allows(P.DIRECT_WORK)
def return_share(given_id: int, share_id: int) -> ResponseReturnValue:
    return say(given_id, share_id, Share.send_back, _("已退回重办。"))


@director.post("/assignments/<int:given_id>/shares/<int:share_id>/check")
@allows(P.DIRECT_WORK)
def check_share(given_id: int, share_id: int) -> ResponseReturnValue:
    found_share(found_given(given_id), share_id).check(by=me(), at=clock.now())
    tell(_("已核。"))
    return redirect(url_for("director.given", given_id=given_id), 303)


def say(given_id: int, share_id: int, verb: Callable[..., Any], said: str) -> ResponseReturnValue:
    """A step that needs words."""
    found, form = found_given(given_id), WordsForm(request.form)
    share = found_share(found, share_id)
    step = partial(_say, share, verb, form)
    return take(found, (share.id, verb.__name__), form, step, said)


def take(
    found: Assignment, name: Any, form: IntakeForm, step: Callable[[], Any], said: str
) -> ResponseReturnValue:
    """Take a step if the form is in order and the work still stands there."""
    if not form.validate():
        return show(found, {name: form}), 422
    try:
        step()
    except Refused as refused:
        return show(found, {name: form}, show_refusal(form, refused)), 422
    tell(said)
    return redirect(url_for("director.given", given_id=found.id), 303)


def _move(found: Assignment, form: MoveForm) -> None:
    found.move(form.until.instant, form.why.data or "", by=me(), at=clock.now())


def _say(share: Share, verb: Callable[..., Any], form: WordsForm) -> None:
    verb(share, form.words.data, by=me(), at=clock.now())
