"""Saying a record again in the words of the form it was written on."""

from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form

from app.domain.cases import OUTCOMES as CASE_OUTCOMES
from app.domain.records import Record
from app.intake import KINDS
from app.intake.filling import form_for
from app.intake.kind import Kind, Subject
from app.intake.subject import find_subject
from app.lib import clock
from app.lib.refusal import Held, Refused
from app.lib.words import N_
from app.policy.rulebook import RULES
from app.web.person import me
from app.web.records.asked import ids_of
from app.web.words import day, translated

# Kinds that no form writes, and outcomes that no form offers.
OTHER_KINDS = {"decode_application": N_("申报解码")}
# Kinds whose outcomes are entries of the rulebook, with the kind of rule.
BY_RULES = {"incident": "incident", "check_result": "answer"}
OTHER_OUTCOMES = {"applied": N_("已申报")}


def kind_words(key: str) -> str:
    """``visit`` → 探访老人."""
    return translated(KINDS[key].words if key in KINDS else OTHER_KINDS.get(key, key))


def outcome_words(kind: str, outcome: str) -> str:
    """The outcome of a record as its form offers it; empty where there is none."""
    return translated(_outcomes(kind).get(outcome, ""))


def retold(record: Record, subject: Subject | None) -> list[tuple[str, str]]:
    """(question, answer) for everything that was answered, in the order of the form."""
    fields = record.fields | {"outcome": record.outcome}
    return retold_fields(record.kind, fields, subject, record.day)


def retold_fields(
    key: str, fields: Any, subject: Subject | None, told_on: date
) -> list[tuple[str, str]]:
    """The same of what was filled in and is no record (yet)."""
    if key not in KINDS:
        return []
    form = _form(KINDS[key], fields, subject, told_on)
    pairs = [(translated(field.label.text), _answer(field)) for field in form]
    return [(question, answer) for question, answer in pairs if answer]


def subject_of(record: Record) -> Subject | None:
    """Whom a record is about, as far as the reader may still see it."""
    try:
        return find_subject(KINDS[record.kind], ids_of(record), by=me(), of=record)
    except (KeyError, Refused, Held):
        return None


def _form(kind: Kind, fields: Any, subject: Subject | None, told_on: date) -> Form:
    if subject is not None:
        with suppress(Refused):  # the place has changed its edition: the bare keys are shown
            return form_for(kind, subject, told_on, fields)
    return kind.form(kind.read(fields))


@cache
def _outcomes(kind: str) -> dict[str, str]:
    if kind in BY_RULES:
        return {rule.key: rule.words for rule in RULES.entries if rule.kind == BY_RULES[kind]}
    form = KINDS[kind].form() if kind in KINDS else None
    offered = form["outcome"].choices if form is not None and "outcome" in form else ()
    return CASE_OUTCOMES | OTHER_OUTCOMES | dict(offered or ())


def _answer(field: Field) -> str:
    data = field.data
    if data is None or data in ("", []):
        return ""
    if isinstance(data, bool):
        return _("是") if data else _("否")
    if hasattr(field, "iter_choices"):
        return _chosen(field, data if isinstance(data, list) else [data])
    return _plain(data)


def _chosen(field: Field, values: list[Any]) -> str:
    offered = dict(field.choices or ())
    return "、".join(translated(offered.get(value, value)) for value in values)


def _plain(data: Any) -> str:
    if isinstance(data, datetime):
        moment = data.replace(tzinfo=clock.LOCAL)
        return f"{day(moment)} {data:%H:%M}"
    return day(data) if isinstance(data, date) else str(data)
