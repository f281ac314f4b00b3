"""Doors as rows: the values of the door, then those of everybody who lives behind it.

From such a row the phone makes the page of the door, each person's page, her line in lists
and searches, and the forms about her (js/pack.js).
"""

from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from app.domain.residents import SEXES, Resident
from app.lib import clock
from app.reports.packed import Door, Round
from app.reports.search import DOTS
from app.web.pack.forms import rules_by_kind
from app.web.pack.pages import Pages, Row, part
from app.web.pack.people import Shapes, case_card
from app.web.pack.stand_ins import HOME, PERSON
from app.web.person import me
from app.web.residents.doings import kinds_about
from app.web.words import translated


class Doors:
    """The rows of a round's doors, and what is needed to read them.

    `shapes`: the moulds for the people behind them. `sounds`: how each sign of a name is
    said; only a name that is said otherwise tells it by itself.
    """

    def __init__(self, pages: Pages, around: Round):
        self.pages, self.around = pages, around
        specimen = next((one for episodes in around.care.values() for one in episodes), None)
        self.shapes = Shapes(pages, specimen)
        self.sounds: dict[str, str] = {}
        self.of_anybody = kinds_about([], me().role)
        self.sexes = {key: translated(words) if key in "12" else "" for key, words in SEXES.items()}
        self.grids = {grid.id: str(escape(grid.name)) for grid in around.scope.grids}

    def rows(self) -> Iterable[tuple[str, Row]]:
        for door in self.around.doors:
            home = self._home(door)
            values = [home[name] for name in HOME]
            yield _path(door), ["home", values, [self._person(one, home) for one in door.people]]

    def care(self) -> Iterable[tuple[int, Row]]:
        """What else stands on the page of each person under care, by her number."""
        for person in self.around.residents:
            if episodes := self.around.care.get(person.id):
                badges = [episode.badge for episode in episodes]
                kinds = kinds_about(episodes, me().role)
                links = part("known", "kind_links", kinds, person.id, badges)
                cases = "\n\n".join(case_card(self.pages, episode) for episode in episodes)
                yield person.id, [links, cases]

    def _home(self, door: Door) -> dict[str, Any]:
        home, n = door.household or door.people[0].household, len(door.people)
        known = {
            "household": home.id if home else "",
            "address": str(escape(home.address)) if home else "",
            "building": (home.building_id or "") if home else "",
            "grid": self.grids.get(home.grid_id if home else door.people[0].grid_id, ""),
            "people": n or "",
            "others": n - 1 if n > 1 else "",
            "due": door.due or "",
        }
        return known | {"mould": self.shapes.home(_told(known))}

    def _person(self, person: Resident, home: dict[str, Any]) -> list[Any]:
        episodes = self.around.care.get(person.id, [])
        kinds = kinds_about(episodes, me().role) if episodes else self.of_anybody
        known = _values(person, self.sexes) | {"spoken": self._spoken(person)}
        if episodes:
            known["badges"] = part("known", "badges_row", [one.badge for one in episodes])
            known["rules"] = rules_by_kind(episodes, kinds) or ""
        has = _told(home | known) | ({"cases"} if episodes else set())
        known["shape"] = self.shapes.meet(has, kinds)
        values = [known.get(name, "") for name in PERSON]
        while values[-1] == "":
            values.pop()
        return values

    def _spoken(self, person: Resident) -> str:
        """How her name is said, where it is not said as its signs usually are."""
        said = syllables(person.name_pinyin, person.name_initials)
        signs = [sign for sign in person.name if sign not in DOTS]
        pairs = list(zip(signs, said, strict=False))
        usual = len(signs) == len(said) and all(self._is_usual(*pair) for pair in pairs)
        return "" if usual else "".join(said)

    def _is_usual(self, sign: str, said: str) -> bool:
        return self.sounds.setdefault(sign, said) == said


def syllables(pinyin: str, initials: str) -> list[str]:
    """``wangjianguo``, ``wjg`` → ``Wang``, ``Jian``, ``Guo``."""
    found, rest = [], pinyin
    for initial in reversed(initials):
        at = rest.rfind(initial)
        if at < 0:
            return [pinyin.capitalize()]
        found.append(rest[at:].capitalize())
        rest = rest[:at]
    return found[::-1]


def _path(door: Door) -> str:
    """The page of the door; of a person without one her own."""
    home = door.household
    return f"/households/{home.id}" if home else f"/residents/{door.people[0].id}"


def _told(known: dict[str, Any]) -> set[str]:
    return {name for name, value in known.items() if value != ""}


def _values(person: Resident, sexes: dict[str, str]) -> dict[str, Any]:
    """What a person's page says of her as text, masked; and by what she is found."""
    age = person.age_on(clock.today())
    known = {
        "id": person.id,
        "name": escape(person.masked_name),
        "sex": sexes[person.sex],
        "age": "" if age is None else age,
        "phone": person.masked_phone,
        "id_number": person.masked_id_number,
        "relation": escape(person.relation or ""),
        "category": escape(person.category or ""),
        "full": escape(person.name),
        "note": escape(person.note) if person.note_sealed else "",
    }
    return {name: value if isinstance(value, int) else str(value) for name, value in known.items()}
