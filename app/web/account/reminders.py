"""提醒方式: by which ways this person is told, what this phone can, when she wants quiet.

Asking the browser for pushes is js/reminders.js; what the browser answered comes to
`/subscription`, from this page and again from the service worker at every start.
"""

from datetime import time
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import TimeField

from app.domain import messages, robots, subscriptions
from app.domain.arrivals import how_far
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_
from app.notify import trial
from app.notify.channels import sealing, webhook
from app.policy.permissions import Permission as P
from app.web.account import account
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated

# What a browser may answer that is no subscription.
ANSWERS = ("denied", "silent", "unable", "off")


class OptionalTime(TimeField):
    """A time on the wall clock, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if "".join(valuelist).strip():
            try:
                super().process_formdata(valuelist)
            except ValueError:
                raise ValueError(N_("时间写法不对，例如 22:00。")) from None


class QuietForm(IntakeForm):
    begins = OptionalTime(N_("从几点起"))
    ends = OptionalTime(N_("到几点止"), description=N_("两个都留空，就按社区的规定。"))

    def validate(self, extra_validators: Any = None) -> bool:
        well = super().validate(extra_validators)
        if well and (self.begins.data is None) != (self.ends.data is None):
            self.ends.errors = [N_("请把起止两个时间都填上，或者都留空。")]
        return not self.errors


@account.get("/account/reminders")
@allows(P.OWN_ACCOUNT)
def reminders() -> ResponseReturnValue:
    begins, ends = messages.quiet_hours_of(me())
    return _page(QuietForm(data={"begins": begins, "ends": ends}))


@account.post("/account/reminders/quiet-hours")
@allows(P.OWN_ACCOUNT)
def keep_quiet() -> ResponseReturnValue:
    form = QuietForm(request.form)
    if not form.validate():
        return _page(form), 422
    messages.keep_quiet(me(), form.begins.data, form.ends.data, at=clock.now())
    tell(_quiet_words(form.begins.data, form.ends.data))
    return redirect(url_for("account.reminders"), 303)


@account.post("/account/reminders/trial")
@allows(P.OWN_ACCOUNT)
def try_reminder() -> ResponseReturnValue:
    until = trial.ask_for(me(), by=me(), at=clock.now())
    tell(translated(trial.when_words(until)))
    return redirect(url_for("account.reminders"), 303)


@account.post("/subscription")
@allows(P.OWN_ACCOUNT)
def subscription() -> ResponseReturnValue:
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        return {"why": _("没有读懂这部手机说的。")}, 400
    try:
        return {"push": _noted(told), "key": sealing.application_key()}
    except Refused as refused:
        return {"why": translated(refused.why), "key": sealing.application_key()}, 422


def _noted(told: dict[str, Any]) -> str:
    """Note what the browser of this session answered: a subscription, or why there is none."""
    here = current_user.session
    if (answer := told.get("push")) in ANSWERS:
        subscriptions.drop(subscriptions.Subscription.device_id == here.device_id)
    else:
        address, answer = sealing.read_subscription(told), "on"
        subscriptions.keep(
            address, by=me(), at=clock.now(), session_id=here.id, device_id=here.device_id
        )
    here.device.push = answer
    return answer


def _page(form: QuietForm) -> ResponseReturnValue:
    here, last = current_user.session, trial.last_of(me())
    return page(
        "account/reminders.html",
        form=form,
        key=sealing.application_key(),
        push=here.device.push,
        phones=len(subscriptions.reaching([me().id], at=clock.now())),
        groups=_groups(),
        sms=webhook.is_set() and bool(me().phone),
        trial=last,
        fate=how_far(last) if last else "",
        back=url_for("worker.me" if me().role == "worker" else "account.settings"),
    )


def _groups() -> list[str]:
    """The work groups of her community in which a robot calls her, by their app."""
    speaking = robots.speaking_in(me().community.id if me().community else None)
    return [translated(robots.SORTS[sort].words) for sort in {robot.sort: 1 for robot in speaking}]


def _quiet_words(begins: time | None, ends: time | None) -> str:
    if begins is None:
        return _("勿扰时段按社区的规定。")
    return _(
        "%(begins)s 到 %(ends)s 不打扰，紧急的除外。",
        begins=f"{begins:%H:%M}",
        ends=f"{ends:%H:%M}",
    )
