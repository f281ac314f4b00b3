"""Forms about a task or a case, as rows: one mould for all of a sort, each row its own values."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import url_for
from markupsafe import escape

from app.domain.cases import Case
from app.domain.places import Household
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.intake.kind import Kind
from app.lib import clock
from app.reports.badges import Badge
from app.web.pack.forms import (
    a_rule,
    asks_its_case,
    form_mould,
    form_shown,
    subject_of,
    words_of_rule,
)
from app.web.pack.marks import mark, number
from app.web.pack.pages import Pages, Row, part
from app.web.records.subject_card import Known, rule_of
from app.web.task_words import who_of
from app.web.words import moment

# What such a form says, each value in its place.
VALUES = ("task", "resident", "household", "who", "age", "where", "badges", "words", "due", "rule")
PLACE = {name: place for place, name in enumerate(VALUES)}
# When nothing is due: what is said of it gives way to what is said of hers.
SOME_TIME = datetime(1999, 1, 2, 3, 4, tzinfo=clock.LOCAL)
BADGE = Badge("elder", mark(PLACE["badges"]), "elder", 0)


@dataclass(frozen=True, slots=True)
class About:
    """What a form was opened from: a task of somebody, or her case."""

    resident: Resident | None
    household: Household | None
    case: Case | None
    badges: list[Badge]
    task: Task | None = None

    @classmethod
    def task_of(cls, task: Task, badges: list[Badge]) -> "About":
        return cls(task.resident, task.household, task.case, badges, task)

    @property
    def address(self) -> dict[str, int]:
        """What the address of the form names."""
        return {"task": self.task.id} if self.task else {"resident": self.resident.id}

    def values(self) -> dict[str, Any]:
        """What the form says, as text; an empty one for what it does not."""
        person, home, task = self.resident, self.household, self.task
        age = person.age_on(clock.today()) if person else None
        known = {
            "task": task.id if task else "",
            "resident": person.id if person else "",
            "household": home.id if home else "",
            "who": escape(who_of(task) if task else person.masked_name),
            "age": "" if age is None else age,
            "where": escape(home.address) if home else "",
            "badges": part("known", "badges_row", self.badges),
            "words": escape(task.words) if task and task.words_sealed else "",
            "due": escape(moment(task.due_at)) if task else "",
            "rule": escape(words_of_rule(rule_of(task or self.case))),
        }
        return {name: one if isinstance(one, int) else str(one) for name, one in known.items()}


class SubjectForms:
    """Makes the rows, and each mould once."""

    def __init__(self, pages: Pages):
        self.pages = pages
        self._made: dict[tuple, str] = {}

    def row(self, kind: Kind, about: About) -> tuple[str, Row]:
        values = about.values()
        has = frozenset(name for name, value in values.items() if value != "")
        key = (kind.key, about.case.kind if about.case and asks_its_case(kind) else "", has)
        key += (about.task.asks if about.task and kind.key == "assignment_done" else "",)
        if key not in self._made:
            self._made[key] = self._mould(kind, about, has)
        path = url_for("records.form", kind=kind.key, **about.address)
        return path, [self._made[key], *values.values()]

    def _mould(self, kind: Kind, about: About, has: frozenset[str]) -> str:
        ids = {name: number(PLACE[name]) for name in VALUES[:3] if name in has}
        named = {name: ids[name] for name in about.address}
        path = url_for("records.form", kind=kind.key, **named)
        subject = subject_of(task=about.task, case=about.case, resident=about.resident)
        told = {f"{name}_id": number for name, number in named.items()}
        known = _known(has)
        context = form_shown(kind, path, told, known=known, subject=subject, on=ids)
        places = {moment(SOME_TIME): mark(PLACE["due"])}
        places[part("known", "badges_row", [BADGE])] = mark(PLACE["badges"])
        return form_mould(self.pages, context, places)


def _known(has: frozenset[str]) -> Known:
    """The head of the form, made of stand-ins."""

    def text(name: str) -> str:
        return mark(PLACE[name]) if name in has else ""

    words = text("words")
    task = SimpleNamespace(words=words, words_sealed=words, about_record_id=None, due_at=SOME_TIME)
    return Known(
        who=text("who"),
        age=text("age") or None,
        where=text("where"),
        badges=(BADGE,) if "badges" in has else (),
        task=task if "task" in has else None,
        rule=a_rule(text("rule")) if "rule" in has else None,
    )
