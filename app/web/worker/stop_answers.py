"""The answers chosen at one door, as entries; and what became of each."""

from collections.abc import Iterable, Mapping

from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.accept import Entry
from app.intake.kind import Kind
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.lib.words import N_
from app.sync.inbox import Answer
from app.web.hypermedia import tell
from app.web.records.answers import say_answer, undo_url
from app.web.records.task_kind import Tap, attempt_for, kind_for, tap_for
from app.web.task_words import who_of
from app.web.words import translated

TAP, ATTEMPT = "tap", "attempt"
# So many single messages fit on a phone; more are told in one.
SAID_APART = 3


def entries_of(tasks: Iterable[Task], chosen: Mapping[str, str]) -> list[tuple[Task, Entry]]:
    """An entry for each task that something was chosen for."""
    answers = [(task, _chosen(task, chosen.get(f"answer-{task.id}", ""))) for task in tasks]
    return [
        (task, _entry(task, *answer, chosen.get(f"id-{task.id}")))
        for task, answer in answers
        if answer
    ]


def _chosen(task: Task, answer: str) -> tuple[Kind, Tap] | None:
    if answer == ATTEMPT:
        kind, fields = attempt_for(task)
        return kind, Tap(kind.one_tap_words, fields)
    tap = tap_for(task) if answer == TAP else None
    return (kind_for(task), tap) if tap else None


def _entry(task: Task, kind: Kind, tap: Tap, entry_id: str | None) -> Entry:
    about = {"task_id": str(task.id)}
    return Entry(read_id(entry_id) or new_id(), kind.key, clock.now(), about, dict(tap.fields))


def say_answers(answers: list[tuple[Task, Answer]]) -> None:
    """What became of each; a few with a way to take each back, many in one sentence."""
    kept = [pair for pair in answers if pair[1].state in ("kept", "already")]
    for task, answer in answers:
        if answer.state not in ("kept", "already"):
            say_answer(answer, _attempt(), about=who_of(task))
    if len(kept) > SAID_APART:
        tell("；".join(_words(task, answer) for task, answer in kept))
        return
    for task, answer in kept:
        tell(_words(task, answer), undo=undo_url(answer, _attempt()))


def _words(task: Task, answer: Answer) -> str:
    tap = tap_for(task)
    if answer.record and (answer.why or answer.record.kind == "attempt"):
        return f"{who_of(task)} {translated(answer.why or _attempt().words)}"
    return f"{who_of(task)} {translated(tap.words if tap else N_('已保存'))}"


def _attempt() -> Kind:
    return KINDS["attempt"]
