"""The rows behind a number of the checklist: tasks to remind of or give away, records to check."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.domain.days import CARRY_REASONS
from app.domain.tasks import KINDS as TASKS
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.checklist import LISTS, TASK_LISTS, UNPLACED, WHOLE, behind
from app.reports.grid_lines import Page, record_page, task_page
from app.reports.told import told_about
from app.web.director import director
from app.web.director.asked import asked_day, asked_page, asked_place
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.records.retelling import kind_words, outcome_words

# How the rows say what was done, what is to be done, and why it was carried over.
WORDS = {"kind": kind_words, "outcome": outcome_words, "task": TASKS, "carry": CARRY_REASONS}


@director.get("/checklist/<code>")
@allows(P.SEE_BOARD)
def grid_list(code: str) -> ResponseReturnValue:
    show = request.args.get("show", "due")
    if show not in LISTS:
        abort(404)
    if same := unchanged(code, show, asked_day(), asked_page()):
        return same
    return page("director/grid_list.html", show=show, code=code, **_shown(code, show))


def _shown(code: str, show: str) -> dict[str, Any]:
    place, day, of_tasks = asked_place(code), asked_day(), show in TASK_LISTS
    found = _page(show, behind(show, place, day, unplaced=code == UNPLACED))
    return {
        "place": place,
        "whole": code == WHOLE,
        "unplaced": code == UNPLACED,
        "day": day,
        "lists": LISTS,
        "of_tasks": of_tasks,
        "found": found,
        "told": told_about(task_ids=_open_in(found)) if of_tasks else {},
        "today": clock.today(),
        "words": WORDS,
    }


def _open_in(found: Page) -> list[int]:
    return [line.task.id for line in found.lines if line.task.state == "open"]


def _page(show: str, wanted: Any) -> Page:
    cut = task_page if show in TASK_LISTS else record_page
    return cut(wanted, asked_page())
