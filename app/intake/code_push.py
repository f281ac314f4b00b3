"""A yellow code was pushed from above, or a report confirmed: the director opens the case.

The community never colours anybody: without a push or a confirmed report there is
no case, and a worker has no permission for this kind.
"""

from app.domain import codes
from app.domain.records import Record
from app.domain.regime import papers_for
from app.intake.fields import IntakeForm, MomentField, NoteField, OneOfField, not_in_future
from app.intake.kind import Kind, Telling
from app.intake.reasons import ReasonField, offer_reasons
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission

SOURCES = [("pushed", N_("上级推送")), ("reported", N_("居民或网格上报，已核实"))]


class CodePushForm(IntakeForm):
    reason = ReasonField(N_("赋码原因"))
    source = OneOfField(N_("从哪里得知"), choices=SOURCES, default="pushed")
    coloured_at = MomentField(
        N_("转黄时间"), validators=[not_in_future], description=N_("不清楚就不填，按现在算")
    )
    note = NoteField()


def keep(form: CodePushForm, telling: Telling) -> Record:
    papers = papers_for("yellow", form.reason.data, telling.subject.community, telling.day)
    at = form.coloured_at.instant or telling.at
    deed = telling.deed("code_push", "opened", form.told(), at=at)
    who = {"source": form.source.data, "by": telling.by, "at": telling.received_at}
    if telling.supersedes:
        return codes.correct_push(deed, papers, **who)
    codes.open_yellow(telling.subject.resident, papers, deed, **who)
    return session.get(Record, telling.id)


KIND = Kind(
    key="code_push",
    words=N_("黄码建档"),
    icon="plus",
    form=CodePushForm,
    keep=keep,
    about="resident",
    case_kinds=("yellow",),
    opens="yellow",
    permission=Permission.MANAGE_CASES,
    prepare=offer_reasons("yellow"),
    photos=False,
)
