"""Moulds about people: her page, her line in a list, her door's page.

There is one of each for all people of one shape: those who have the same values at all.
Each is the ordinary template, rendered with stand-ins.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for

from app.intake.kind import Kind
from app.lib import clock
from app.reports.episodes import Episode
from app.web.pack import stand_ins as of
from app.web.pack.forms import form_about_somebody, is_about_a_shape
from app.web.pack.marks import Several, mark, number, place_of_all, with_places
from app.web.pack.pages import Pages, part, replaced
from app.web.person import me
from app.web.residents.covered import covered
from app.web.residents.doings import kinds_about
from app.web.residents.resident import SOURCES
from app.web.task_words import what_of

# Values that make another shape where they are lacking: one bit each of its number.
BITS = (
    "household", "address", "grid", "others", "sex", "age", "phone", "id_number", "relation",
    "category", "note", "badges", "cases",
)  # fmt: skip
# What shows in a line; people who differ in nothing else share it.
IN_LINE = {
    "cell": frozenset({"relation", "age", "badges"}),
    "found": frozenset({"household", "address", "badges"}),
    "pick": frozenset({"household", "address", "badges"}),
}
ON_A_FORM = frozenset({"household", "address", "age", "badges", "cases"})
# The address of a form about somebody, for any kind.
PICKED = "/record/⟦kind⟧?resident={}"


class Shapes:
    """The shapes that a pack has met: names of moulds by number of the shape and by use."""

    def __init__(self, pages: Pages, specimen: Episode | None):
        self.pages, self.specimen = pages, specimen
        self.table: dict[int, dict[str, str]] = {}
        self._made: dict[tuple, str] = {}

    def meet(self, has: Iterable[str], kinds: list[Kind]) -> int:
        """Make what it takes to show somebody who has these values, and to record about her."""
        has = frozenset(has) & set(BITS)
        shape = sum(1 << BITS.index(name) for name in has)
        moulds = self.table.setdefault(shape, {})
        if not moulds:
            moulds["kin"] = self.pages.keep("kin", with_places(mark(of.PLACE["name"])))
            moulds["page"] = self._person(has)
            moulds |= {use: self._line(use, has & shown) for use, shown in IN_LINE.items()}
        for kind in kinds:
            if kind.key not in moulds and is_about_a_shape(kind):
                moulds[kind.key] = self._form(kind, has & ON_A_FORM)
        return shape

    def _form(self, kind: Kind, has: frozenset[str]) -> str:
        return self._once((kind.key, has), lambda: form_about_somebody(self.pages, kind, has))

    def home(self, has: Iterable[str]) -> str:
        """The mould of the page of a door that has these values."""
        has = frozenset(has)
        return self._once(("household", has), lambda: self._household(has))

    def _once(self, key: tuple, make: Callable[[], str]) -> str:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _line(self, use: str, has: frozenset[str]) -> str:
        return self._once((use, has), lambda: self.pages.keep(use, _line_of(use, has)))

    def _household(self, has: frozenset[str]) -> str:
        person = of.somebody(has)
        context = {
            "household": of.home_of(has | {"household"}),
            "members": Several(person, of.PLACE["people"]) if "people" in has else [],
            "badges": {person.id: [of.BADGE]},
            "ages": {person.id: mark(of.PLACE["age"])},
            "due": Several(None, of.PLACE["due"]) if "due" in has else [],
        }
        cell = part("known", "member_cell", person, [of.BADGE], mark(of.PLACE["age"]))
        places = {cell: place_of_all("cell")} | of.badges_place()
        return self._mould("household", "residents/household.html", places, context)

    def _person(self, has: frozenset[str]) -> str:
        person, badges = of.somebody(has), of.badges_of(has)
        episodes = [self.specimen] if "cases" in has else []
        kinds = kinds_about(episodes, me().role)
        others = Several(person, of.PLACE["others"], 1) if "others" in has else [person]
        context = case_words() | {
            "resident": person,
            "shown": frozenset(),
            "SEXES": {"1": mark(of.PLACE["sex"])},
            "age": of.age_of(has),
            "covered": covered(person, ()),
            "episodes": episodes,
            "badges": badges,
            "kinds": kinds,
            "family": others,
            "kin": place_of_all("kin", "、"),
        }
        places = {}
        if episodes:
            links = part("known", "kind_links", kinds, person.id, badges)
            places[links] = mark(of.PLACE["kinds"])
            places[case_card(self.pages, self.specimen)] = mark(of.PLACE["cases"])
        places |= of.badges_place()
        return self._mould("person", "residents/resident.html", places, context)

    def _mould(
        self, name: str, template: str, places: dict[str, str], context: dict[str, Any]
    ) -> str:
        layout, parts = self.pages.parts(template, **context)
        return self.pages.mould(name, layout, replaced(parts, places))


def case_card(pages: Pages, episode: Episode) -> str:
    """A case with its four papers, as it stands on a person's page."""
    return pages.render("residents/episode.html", episode=episode, **case_words())


def case_words() -> dict[str, Any]:
    return {"what_of": what_of, "SOURCES": SOURCES, "now": clock.now()}


def _line_of(use: str, has: frozenset[str]) -> str:
    person, badges = of.somebody(has), of.badges_of(has)
    if use == "cell":
        html = part("known", "member_cell", person, badges, of.age_of(has))
    else:
        hers = url_for("residents.resident", resident_id=person.id)
        url = PICKED.format(number(of.PLACE["id"])) if use == "pick" else hers
        html = part("known", "person_cell", person, badges, url)
    for stand_in, place in of.badges_place().items():
        html = html.replace(stand_in, place)
    return with_places(html)
