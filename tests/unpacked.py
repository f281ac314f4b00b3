"""A phone that keeps the pack, in Python: it stores the answers and makes pages (js/pack.js)."""

import re
from typing import Any

from flask.testing import FlaskClient

PLACE = re.compile(r"⟦([@*]?)(\d+|[^|⟦⟧]+?)(?:\|(.*?))?⟧")


class PhonePack:
    """What one phone has of its pages."""

    def __init__(self, browser: FlaskClient):
        self.browser, self.cursor = browser, ""
        self.rows: dict[str, Any] = {}
        self.answers: list[dict[str, Any]] = []

    def renew(self) -> "PhonePack":
        """Ask until there is no more; `answers` are those of this time."""
        self.answers = []
        while not self.answers or self.answers[-1]["more"]:
            told = self.browser.get(f"/pack?since={self.cursor}").json
            self.take(told)
            self.answers.append(told)
        return self

    def take(self, told: dict[str, Any]) -> None:
        if told["full"]:
            self.rows = {}
        for path in told["gone"]:
            del self.rows[path]
        self.rows |= dict(told["rows"])
        self.cursor = told["cursor"]

    @property
    def changed(self) -> list[str]:
        """The paths of the rows that came last."""
        return [path for told in self.answers for path, _row in told["rows"]]

    def page(self, path: str) -> str | None:
        """The page of an address as the phone shows it; None where it has none."""
        path = {"/": "/today"}.get(path, re.sub(r"^/residents\?kind=", "/record/", path))
        row = self.rows.get(path)
        if row is not None and row[0] != "home":
            return self._show(row[0], row[1:])
        asked = re.search(r"(\w+)(?:/|\?(\w+)=)(\d+)$", path)
        return self._about(*asked.groups()) if asked else None

    def open_page(self, path: str) -> str:
        """The page that stays open while the phone is locked."""
        return self._show(self.rows[f"!{path}"][0], [])

    def _about(self, what: str, of: str | None, number: str) -> str | None:
        shapes = self.rows["~shapes"]
        at, is_door = shapes["places"], (of or what).startswith("household")
        for people in filter(None, map(self._behind, self.rows.values())):
            home = people[0]
            if is_door and home[at["household"]] == int(number):
                name = shapes["home"][what] if of else home[at["mould"]]
                return self._show(name, home, people)
            her = next((one for one in people if one[at["id"]] == int(number)), None)
            if not is_door and her:
                others = [one for one in people if one is not her]
                return self._person(what if of else "page", her, others)
        return None

    def _behind(self, row: Any) -> list[list[Any]]:
        if not isinstance(row, list) or row[0] != "home":
            return []
        return [row[1] + one for one in row[2]] or [row[1] + [""] * 14]

    def _person(self, what: str, values: list[Any], others: list = ()) -> str | None:
        shapes = self.rows["~shapes"]
        at = shapes["places"]
        name = shapes.get(str(values[at["shape"]]), {}).get(what)
        if name is None:
            return None
        whole = values + [""] * (len(at) - len(values))
        care = self.rows.get(f"~care/{values[at['id']]}", ["", ""]) if what == "page" else ["", ""]
        whole[at["kinds"]], whole[at["cases"]] = care
        whole[at["rules"]] = (whole[at["rules"]] or {}).get(what, "")
        return self._show(name, whole, others)

    def _show(self, name: str, values: list[Any], others: list = ()) -> str:
        mould = self.rows[f"~{name}"]
        if isinstance(mould, str):
            return self._put(mould, values, others)
        return self._show(mould[0], [self._put(part, values, others) for part in mould[1:]])

    def _put(self, text: str, values: list[Any], others: list) -> str:
        def placed(found: re.Match) -> str:
            sign, name, between = found.groups(default="")
            if sign == "@":
                return self._show(name, values, others)
            if sign:
                return between.join(self._person(name, one) for one in others)
            return str(values[int(name)]) if name.isdecimal() else found.group()

        return PLACE.sub(placed, text)
