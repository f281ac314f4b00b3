"""A nucleic acid test: the sample taken, or the result seen."""

from datetime import UTC, datetime

from wtforms.validators import InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, MomentField, NoteField, OneOfField, not_in_future
from app.intake.kind import Kind, Telling
from app.lib.words import N_

OUTCOMES = [
    ("sampled", N_("已采样")),
    ("negative", N_("结果阴性")),
    ("positive", N_("结果阳性")),
    ("missed", N_("没采到")),
]
# The step of a task that waits for a result says when its sample was taken, in UTC.
RESULT_STEP = "result:%Y%m%dT%H%M%S"


class SampleForm(IntakeForm):
    outcome = OneOfField(N_("情况"), choices=OUTCOMES, validators=[InputRequired()])
    sampled_at = MomentField(
        N_("采样时间"),
        validators=[not_in_future],
        description=N_("刚采的不用填；补登以前的要填"),
        render_kw={"data-when": "outcome=sampled,negative,positive"},
    )
    note = NoteField()


def keep(form: SampleForm, telling: Telling) -> Record:
    told = form.told()
    told["sampled_at"] = told.get("sampled_at") or _sample_waited_for(telling)
    at = form.sampled_at.instant if form.outcome.data == "sampled" else None
    deed = telling.deed("test", form.outcome.data, told, at=at or telling.at)
    return record(deed, by=telling.by, at=telling.received_at)


def _sample_waited_for(telling: Telling) -> str | None:
    """The sampling time of the result that the task asks for; the rules find it otherwise."""
    task = telling.subject.task
    if task is None or task.kind != "result":
        return None
    return datetime.strptime(task.step, RESULT_STEP).replace(tzinfo=UTC).isoformat()


KIND = Kind(
    key="test",
    words=N_("核酸检测"),
    icon="test",
    form=SampleForm,
    keep=keep,
    about="case",
    case_kinds=("yellow", "returnee"),
    one_tap={"outcome": "sampled"},
    one_tap_words=N_("已采样"),
    once_a_day="outcome",
)
