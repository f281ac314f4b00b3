"""What a search says, as moulds: nobody, some, or more than are shown; for each kind of record."""

from typing import Any

from flask import url_for
from jinja2_fragments.flask import render_block

from app.intake.kind import Kind
from app.web.pack import stand_ins as of
from app.web.pack.marks import Several, mark, place_of_all, with_places
from app.web.pack.pages import part
from app.web.person import me
from app.web.records.menu import offered_to
from app.web.residents.search import found_shown

# Places of their own: what was typed, and how many were found.
TYPED, COUNT = 0, 1
SOMEBODY = of.somebody(frozenset())


def searches() -> dict[str, list[str]]:
    """By kind of record ("" for none): what is shown of nobody, of some and of too many."""
    return {kind.key if kind else "": _said(kind) for kind in (None, *offered_to(me().role))}


def _said(kind: Kind | None) -> list[str]:
    some = Several(SOMEBODY, COUNT)
    return [_found(kind, []), _found(kind, some), _found(kind, some, more=True)]


def _found(kind: Kind | None, people: list[Any], *, more: bool = False) -> str:
    shown = found_shown(kind, mark(TYPED), people, badges={}, more=more)
    html = render_block("residents/search.html", "found", **shown)
    return with_places(html.replace(_line(kind), place_of_all("pick" if kind else "found")))


def _line(kind: Kind | None) -> str:
    """The line of the one who stands for all that were found."""
    url = url_for("residents.resident", resident_id=SOMEBODY.id)
    if kind is not None:
        url = url_for("records.form", kind=kind.key, resident=SOMEBODY.id)
    return part("known", "person_cell", SOMEBODY, (), url)
