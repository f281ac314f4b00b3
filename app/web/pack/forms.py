"""The forms of a worker as moulds: one for all people of a shape, one for all tasks of a sort.

Nothing of what was typed before is in them, and no time of now: they may be opened hours
later. Where only her reading is locked, forms with nobody in them still open: then she
writes down of whom they tell, and chooses the person when she can see the list again.
"""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from markupsafe import escape
from wtforms import Form
from wtforms.validators import DataRequired

from app.domain.records import Record
from app.intake.fields import IntakeForm, LineField, MomentField
from app.intake.filling import form_for
from app.intake.kind import Kind, Subject
from app.lib import clock
from app.lib.words import N_
from app.reports.episodes import Episode
from app.web.pack import stand_ins as of
from app.web.pack.marks import BACK, mark, number
from app.web.pack.pages import PARTS, Pages, replaced
from app.web.person import my
from app.web.records.as_entry import as_entry
from app.web.records.form import Filled
from app.web.records.form_key import form_key
from app.web.records.subject_card import Known, rule_of
from app.web.words import translated

NOBODY = UUID(int=0)
# Where the pieces begin and end that are the same on every form of a kind.
QUESTIONS, DRAFT, SAVE = (
    '<section class="fields"><',
    "<span hidden hx-post",
    '<div class="save-bar">',
)


class SaidForm(IntakeForm):
    """Of whom a form tells, while nobody can be chosen."""

    to_whom = LineField(
        N_("写给谁"),
        validators=[DataRequired()],
        description=N_("姓名和房号。联网后您再从居民里选出这一位"),
    )


def is_about_a_shape(kind: Kind) -> bool:
    """Whether the form is the same for everybody whose values are known."""
    return kind.about in ("resident", "case", "place") and not asks_its_case(kind)


def form_about_somebody(pages: Pages, kind: Kind, has: frozenset[str]) -> str:
    """The mould of a kind's form about the people of a shape."""
    person, rule = of.somebody(has), mark(of.PLACE["rules"]) if "cases" in has else ""
    known = Known(
        who=person.masked_name,
        resident=person,
        age=of.age_of(has),
        where=of.text("address", has),
        badges=tuple(of.badges_of(has)),
        rule=a_rule(rule) if kind.about == "case" else None,
    )
    about = {"resident_id": person.id}
    path = url_for("records.form", kind=kind.key, resident=person.id)
    on = {"resident": person.id} | ({"household": person.household_id} if person.household else {})
    context = form_shown(kind, path, about, known=known, on=on)
    return form_mould(pages, context, of.badges_place())


def form_of_a_door(pages: Pages, kind: Kind) -> str:
    """The mould of a kind's form about a door."""
    home = number(of.PLACE["household"])
    path = url_for("records.form", kind=kind.key, household=home)
    subject = subject_of(household=SimpleNamespace(id=home))
    context = form_shown(
        kind, path, {"household_id": home}, subject=subject, on={"household": home}
    )
    return form_mould(pages, context)


def form_mould(
    pages: Pages, context: dict[str, Any], places: Mapping[str, str] | None = None
) -> str:
    """The mould of a form; the questions of its kind are a piece that all its forms share."""
    layout, parts = pages.parts("records/form.html", **context)
    content = parts[PARTS.index("content")]
    begins, ends = content.index(QUESTIONS), content.index(DRAFT)
    shared = [content[begins:ends].strip(), content[content.index(SAVE) :].strip()]
    pieces = {piece: pages.piece("asks", piece) for piece in shared}
    return pages.mould("form", layout, replaced(parts, pieces | (places or {})))


def form_alone(kind: Kind, **more: Any) -> dict[str, Any]:
    """A kind's form about nobody yet. `more`: what the address names beside the kind."""
    about = {"of": more["of"]} if "of" in more else {}
    path = url_for("records.form", kind=kind.key, **more)
    shown = form_shown(kind, path, about)
    if "then" in more:
        shown["marks"]["data-next"] = url_for("records.form", kind=more["then"], of=NOBODY)
    return shown


def form_shown(
    kind: Kind,
    path: str,
    about: dict[str, Any],
    *,
    known: Known | None = None,
    subject: Subject | None = None,
    on: dict[str, Any] | None = None,
    corrects: Record | None = None,
) -> dict[str, Any]:
    """What the page of a form shows; filled in where it corrects a record."""
    known, subject = known or Known(), subject or subject_of()
    form = _filled(kind, subject, corrects) if corrects else _empty(kind, subject)
    return {
        "kind": kind,
        "asked": SimpleNamespace(path=path, corrects=corrects),
        "filled": Filled(form, NOBODY, BACK),
        "known": known,
        "photos": (),
        "draft_key": form_key(path),
        "marks": as_entry(kind, about, who=known.who, on=on or {}),
    }


def rules_by_kind(episodes: Iterable[Episode], kinds: Iterable[Kind]) -> dict[str, str]:
    """The rule that stands on the form of each kind about somebody's case."""
    found = {}
    for kind in kinds:
        case = next((one.case for one in episodes if one.case.kind in kind.case_kinds), None)
        if kind.about == "case" and case is not None:
            found[kind.key] = str(escape(words_of_rule(rule_of(case))))
    return found


def a_rule(words: str) -> SimpleNamespace:
    return SimpleNamespace(words=words, measure="")


def words_of_rule(rule: Any) -> str:
    if rule is None:
        return ""
    measure = translated(rule.measure) if rule.measure else ""
    return translated(rule.words) + (_("。") + measure if measure else "")


def asks_its_case(kind: Kind) -> bool:
    return kind.about == "case" and kind.prepare is not None


def subject_of(**known: Any) -> Subject:
    return Subject(community=my().community, scope=my(), **known)


def _filled(kind: Kind, subject: Subject, old: Record) -> Form:
    return form_for(kind, subject, old.day, old.fields | {"outcome": old.outcome})


def _empty(kind: Kind, subject: Subject) -> Form:
    """The kind's form with nothing in it: what it would say of now is said when it is kept."""
    form = form_for(kind, subject, clock.today())
    for field in form:
        if isinstance(field, MomentField):
            field.data = None
    return form
