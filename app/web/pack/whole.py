"""The pages of a worker that are sent as they are: her day, the stops, the menu, her own page.

Each comes from the template and the words of its own room; only the rows were loaded
beforehand, for all pages at once.
"""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from app.domain.places import Building
from app.domain.residents import Resident
from app.intake import KINDS
from app.intake.kind import Kind
from app.lib import clock
from app.reports.checks import calls_of
from app.reports.doors import buildings_of, staircases_of, without_a_door
from app.reports.my_day import records_of
from app.reports.packed import Round
from app.reports.search import PEOPLE_SHOWN
from app.reports.today import Item
from app.web.account.settings import SettingsForm, settings_shown
from app.web.pack.forms import NOBODY, form_alone, form_mould
from app.web.pack.pages import Pages, Row
from app.web.person import me, my
from app.web.records.menu import offered_to
from app.web.residents.search import found_shown
from app.web.worker.checks import checked_shown, checks_shown
from app.web.worker.me import FeedbackForm, me_shown
from app.web.worker.stop import stop_shown
from app.web.worker.today import day_shown

Rows = Iterable[tuple[str, Row]]


class Whole:
    """The rows of whole pages of a round."""

    def __init__(self, pages: Pages, around: Round):
        self.pages, self.around = pages, around
        self.kinds = offered_to(me().role)

    def today(self) -> Rows:
        for number in range(1, self.around.day.pages + 1):
            url = url_for("worker.today", **({"page": number} if number > 1 else {}))
            yield url, self.pages.row("worker/today.html", **day_shown(self.around.day, number))

    def checks(self) -> Rows:
        """Whom she is to call, all of them on one page; and whom she has called."""
        shown = checks_shown(*calls_of(my(), clock.now()))
        yield url_for("worker.checks"), self.pages.row("worker/checks.html", **shown)
        yield url_for("worker.checked"), self.pages.row("worker/checked.html", **checked_shown())

    def menu(self) -> Rows:
        """＋登记 and what it leads to: a form, or the search for somebody."""
        yield url_for("records.menu"), self.pages.fixed("records/menu.html", kinds=self.kinds)
        for kind in self.kinds:
            yield url_for("records.form", kind=kind.key), self._behind(kind)

    def onward(self) -> Rows:
        """Adding somebody who is not on the roll, and the record she was added for."""
        for kind in self.kinds:
            if kind.about == "resident":
                yield self._form(KINDS["resident"], then=kind.key)
                yield self._form(kind, of=NOBODY)

    def stops(self) -> Rows:
        """A page for each door with something due."""
        behind: dict[int, list[Item]] = {}
        for item in self.around.items:
            if item.task.household is not None:
                behind.setdefault(item.task.household_id, []).append(item)
        for household_id, items in behind.items():
            items.sort(key=lambda item: (item.task.due_at, item.task.id))
            done = self.around.done_at.get(household_id, [])
            shown = stop_shown(items[0].task.household, items, done)
            url = url_for("worker.stop", household_id=household_id)
            yield url, self.pages.row("worker/stop.html", **shown)

    def residents(self) -> Rows:
        """The search page, and the diagram of each building on it."""
        buildings = buildings_of(my())
        shown = found_shown(None, "", [], badges={}, buildings=buildings)
        left_out = self.around.left_out
        page = self.pages.row("residents/search.html", **shown, left_out=left_out)
        yield url_for("residents.search"), page
        yield from self._buildings([building for building, *_counts in buildings])

    def own(self) -> Rows:
        records = records_of(me(), clock.today())
        shown = me_shown(FeedbackForm(), self.around.day, records)
        yield url_for("worker.me"), self.pages.row("worker/me.html", **shown)
        queue = self.pages.fixed("worker/outbox.html", back=url_for("worker.me"))
        yield url_for("worker.outbox"), queue
        settings = settings_shown(SettingsForm(obj=me()))
        yield url_for("account.settings"), self.pages.row("account/settings.html", **settings)

    def _behind(self, kind: Kind) -> Row:
        if kind.about not in ("resident", "case"):
            return [form_mould(self.pages, form_alone(kind))]
        people = self._under(kind)
        badges = {one.id: [e.badge for e in self.around.care[one.id]] for one in people}
        shown = found_shown(kind, "", people, badges=badges)
        return self.pages.row("residents/search.html", **shown)

    def _under(self, kind: Kind) -> list[Resident]:
        """Who has an open case of a kind, in the order of the stairs."""
        if kind.about != "case":
            return []
        care = self.around.care
        under = {n for n, open_ones in care.items() if any(_is_of(kind, one) for one in open_ones)}
        found = [person for person in self.around.residents if person.id in under]
        return sorted(found, key=_walk)[:PEOPLE_SHOWN]

    def _form(self, kind: Kind, **more: Any) -> tuple[str, Row]:
        url = url_for("records.form", kind=kind.key, **more)
        return url, [form_mould(self.pages, form_alone(kind, **more))]

    def _buildings(self, buildings: list[Building]) -> Rows:
        units, strays = staircases_of(my(), buildings), without_a_door(my(), buildings)
        for one in buildings:
            known = {"building": one, "units": units[one.id], "unplaced": strays[one.id]}
            url = url_for("residents.building", building_id=one.id)
            yield url, self.pages.row("residents/building.html", **known)


def _is_of(kind: Kind, episode: Any) -> bool:
    return episode.case.kind in kind.case_kinds


def _walk(person: Resident) -> tuple[str, int]:
    return person.household.walk if person.household else "~", person.id
