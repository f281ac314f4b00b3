"""Ending a case: the period is over and the tests are there, or he is no longer ours to look after.

What the rules must allow is refused with their reasons until they do. What has
simply happened (taken to hospital, moved away, died) ends a case at any time, on
the director's word.
"""

from datetime import date
from functools import reduce

from wtforms.validators import InputRequired

from app.domain import plan
from app.domain.cases import OUTCOMES, Case
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField, OneOfField
from app.intake.hers import leave_to_director
from app.intake.kind import Kind, Subject, Telling
from app.lib.refusal import OutOfRules
from app.lib.words import N_, Say, say
from app.policy.permissions import Permission, may

# By kind of case: how it may end when its rules allow it, and what ends it whatever they say.
BY_RULE = {
    "yellow": ("transferred", "wrong"),
    "returnee": ("completed", "transferred"),
    "elder": ("moved", "nursing_home", "cared_for", "died"),
}
BY_FACT = {"yellow": ("hospital", "died"), "returnee": ("hospital", "moved", "died"), "elder": ()}
# A code is turned green by the city; whoever ends the case without that answers for it.
DIRECTORS_CASES = ("yellow",)
ENDED = say("这份档案已经结束，内容已保留，等社区负责人定夺。")


class ReleaseForm(IntakeForm):
    outcome = OneOfField(N_("怎样结束"), choices=[], validators=[InputRequired()])
    note = NoteField()


def prepare(form: ReleaseForm, subject: Subject, day: date) -> None:
    """The ways in which a case of its kind can end."""
    kind = subject.case.kind
    form.outcome.choices = [(key, OUTCOMES[key]) for key in BY_RULE[kind] + BY_FACT[kind]]
    if kind == "returnee" and form.outcome.raw_data is None:
        form.outcome.data = form.outcome.data or "completed"


def keep(form: ReleaseForm, telling: Telling) -> Record:
    case, outcome = telling.subject.case, form.outcome.data
    by_fact = outcome in BY_FACT[case.kind]
    _refuse_without_director(case, telling, by_fact=by_fact)
    if not by_fact and not telling.supersedes:
        _refuse_unripe(case, telling)
    deed = telling.deed("release", outcome, form.told())
    return record(deed, by=telling.by, at=telling.received_at)


def _refuse_without_director(case: Case, telling: Telling, *, by_fact: bool) -> None:
    if telling.decided or may(telling.by.role, Permission.MANAGE_CASES):
        return
    if case.kind in DIRECTORS_CASES:
        leave_to_director(say("黄码档案由社区负责人结档，请先告诉她。"), telling.via)
    if by_fact:
        leave_to_director(say("这样结束要由社区负责人来定，请先告诉她。"), telling.via)


def _refuse_unripe(case: Case, telling: Telling) -> None:
    """The rules must allow it as of now, not as of when the case was last planned."""
    if not case.is_open:
        if not telling.decided:
            leave_to_director(say("这份档案已经结束。"), telling.via, held=ENDED)
        return
    made = plan.revise(case, by=telling.by, at=telling.received_at)
    if not made.may_close:
        why = dict.fromkeys(made.why + made.waits_for)
        raise OutOfRules(say("现在还不能解除：%(why)s", why=reduce(_and, why)))


def _and(first: Say, then: Say) -> Say:
    """Two sentences, one after the other."""
    return say("%(first)s%(then)s", first=first, then=then)


KIND = Kind(
    key="release",
    words=N_("解除管控、结档"),
    icon="release",
    form=ReleaseForm,
    keep=keep,
    about="case",
    case_kinds=("returnee", "yellow", "elder"),
    prepare=prepare,
    one_tap={"outcome": "completed"},
    one_tap_words=N_("期满解除"),
    photos=False,
)
