"""Nobody was reached: the attempt is counted and the ladder says how and when to try again."""

from datetime import timedelta

from app.domain.recording import record
from app.domain.records import Record
from app.domain.regime import edition_at, jurisdiction_of
from app.domain.tasks import Task
from app.intake.fields import IntakeForm, NoteField, OneOfField
from app.intake.kind import Kind, Telling
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.policy.params import Try
from app.policy.rulebook import RULES
from app.policy.verification import next_try

WAYS = [("phone", N_("打电话")), ("door", N_("上门敲门"))]


class AttemptForm(IntakeForm):
    way = OneOfField(N_("怎么找的"), choices=WAYS, default="door")
    note = NoteField()


def keep(form: AttemptForm, telling: Telling) -> Record:
    task = telling.subject.task
    if task.state != "open" and telling.via != "phone":
        raise Refused(say("这项任务已经完成，不用再登记未联系上。"))
    counted = {"task_id": task.id} if task.state == "open" else {}
    told = form.told() | {"of": task.kind} | counted
    deed = telling.deed("attempt", "not_reached", told, case=task.case)
    kept = record(deed, by=telling.by, at=telling.received_at)
    if counted:  # else the task was over before the phone had a signal: she tried all the same
        wait = timedelta(minutes=_rung(task.attempts + 1, telling).after_min)
        task.note_attempt(wait, by=telling.by, at=telling.at)
    return kept


def notice(kept: Record, telling: Telling) -> Say | None:
    """How often it was tried, and what to do next; nothing where nothing is left to do."""
    task = telling.subject.task
    if task.state != "open":
        return None
    return say(
        "第 %(n)s 次未联系上，已记下。%(time)s 以后再试：%(what)s。",
        n=task.attempts,
        time=f"{clock.local(task.next_try_at):%H:%M}",
        what=_rung(task.attempts, telling).words,
    )


def undo(wrong: Record, telling: Telling) -> None:
    """One attempt less, if it was counted."""
    if counted := wrong.fields.get("task_id"):
        session.get(Task, counted).forget_attempt()


def _rung(attempts: int, telling: Telling) -> Try:
    """What the ladder says to do after so many attempts."""
    place, day = telling.subject.community, telling.day
    where = edition_at(place, day), jurisdiction_of(place)
    return next_try(attempts, RULES.rule("ladder", "not_reached", *where, day))


KIND = Kind(
    key="attempt",
    words=N_("未联系上"),
    icon="phone",
    form=AttemptForm,
    keep=keep,
    about="task",
    one_tap={"way": "door"},
    one_tap_words=N_("未联系上"),
    offered=False,
    correctable=False,
    undo=undo,
    notice=notice,
    photos=False,
)
