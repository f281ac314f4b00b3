"""Putting an elder on the roll of those who are visited: the class and the risk."""

from app.domain import care
from app.domain.records import Record
from app.domain.regime import papers_for
from app.intake.fields import IntakeForm, NoteField, YesNoField
from app.intake.kind import Kind, Telling
from app.intake.reasons import ReasonField, offer_reasons
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission


class ElderRollForm(IntakeForm):
    reason = ReasonField(N_("人员类别"))
    high_risk = YesNoField(
        N_("高风险"), default="n", description=N_("失智、重病等，需要更勤地探访")
    )
    note = NoteField()


def keep(form: ElderRollForm, telling: Telling) -> Record:
    papers = papers_for("elder", form.reason.data, telling.subject.community, telling.day)
    deed = telling.deed("elder_roll", "opened", form.told())
    high_risk = bool(form.high_risk.yes)
    who = {"high_risk": high_risk, "by": telling.by, "at": telling.received_at}
    if telling.supersedes:
        return care.correct_roll(deed, papers, **who)
    care.put_on_roll(telling.subject.resident, papers, deed, **who)
    return session.get(Record, telling.id)


KIND = Kind(
    key="elder_roll",
    words=N_("纳入关爱名册"),
    icon="heart",
    form=ElderRollForm,
    keep=keep,
    about="resident",
    case_kinds=("elder",),
    opens="elder",
    permission=Permission.MANAGE_CASES,
    prepare=offer_reasons("elder"),
    photos=False,
)
