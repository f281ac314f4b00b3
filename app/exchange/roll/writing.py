"""Writing a row of a roll: who is new, what is new about somebody, and what was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain import moves
from app.domain.door_book import Door, DoorBook
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.exchange.roll.changes import Home, changes_of
from app.exchange.roll.restoring import as_told, tell
from app.lib.db import session
from app.lib.many import insert_new
from app.lib.words import N_, Say, say

PLAIN = ("sex", "relation", "category", "note")
NO_GRID = N_("分不出网格，先列在“未分网格”。")


@dataclass(slots=True)
class Written:
    """What became of a row: its state, its person, what was and is of her, what is to be said."""

    state: str
    resident: Resident | None
    changed: dict[str, list[Any]] = field(default_factory=dict)
    remarks: list[Say] = field(default_factory=list)


class OnRoll:
    """The doors that some rows of a roll name, those that exist and those opened since."""

    def __init__(
        self, community: Area, told: Sequence[Mapping[str, Any]], *, by: User, at: datetime
    ):
        self.community, self.by, self.at = community, by, at
        doors = [door for one in told if (door := _door(one))]
        self.book = DoorBook(community, doors, (_address(one) for one in told))
        self.homes: list[tuple[Any, Household]] = []  # of rows, perhaps not yet flushed
        self.new: list[tuple[Resident, Household]] = []
        self.grids: dict[int, int] = {}  # of a household the grid that a row has put it into

    def home_of(self, told: Mapping[str, Any]) -> Household | None:
        """The household behind the door that a row names."""
        return self.book.home_at(_door(told), _address(told))

    def look_at(self, told: Mapping[str, Any], who: Resident | None, grid: Area | None) -> Written:
        """What writing the row would change."""
        home = self.home_of(told)
        found = Written("added", who)
        if who:
            changes, found.remarks = changes_of(told, who, Home(home, self.grids))
            found.changed = _changed(changes, who)
            found.state = "updated" if changes else "known"
        lives = home or (who.household if who else None)
        if grid is None and (lives is None or lives.grid_id is None):
            found.remarks.append(say(NO_GRID))
        if lives and told.get("named_grid"):
            self.grids[lives.id] = told["named_grid"]
        return found

    def write(
        self, row: Any, told: Mapping[str, Any], who: Resident | None, grid: Area | None
    ) -> Written:
        """Write it, not yet flushed where somebody is new."""
        found = self.look_at(told, who, grid)
        if who is None:
            found.resident = self._add(row, told, grid)
        elif found.changed:
            self._update(row, told, who, found.changed, grid)
        return found

    def write_new(self) -> None:
        """Put on the roll who is new, all in one statement; the session does not hold them."""
        session.flush()
        for person, home in self.new:
            person.household_id, person.grid_id = home.id, home.grid_id
        insert_new([person for person, _home in self.new])
        self.new = []

    def tell_homes(self) -> None:
        """Say to the rows behind which door they were put, once that has its number."""
        for row, home in self.homes:
            row.household_id, row.grid_id = home.id, home.grid_id

    def _add(self, row: Any, told: Mapping[str, Any], grid: Area | None) -> Resident:
        home = self._home(told, grid)
        self.homes.append((row, home))
        person = Resident(community_id=self.community.id, created_at=self.at)
        columns = {name: told.get(name, "") for name in PLAIN} | {"sex": told.get("sex", "0")}
        columns["born"] = date.fromisoformat(told["born"]) if told.get("born") else None
        tell(person, columns | {name: told.get(name) for name in ("name", "id_number", "phone")})
        self.new.append((person, home))
        return person

    def _update(
        self,
        row: Any,
        told: Mapping[str, Any],
        who: Resident,
        changed: Mapping[str, list[Any]],
        grid: Area | None,
    ) -> None:
        now = {
            name: value for name, (_was, value) in changed.items() if name not in ("home", "grid")
        }
        if "born" in now:
            now["born"] = date.fromisoformat(now["born"])
        tell(who, now)
        if "home" in changed:
            home = self._home(told, grid)
            self.homes.append((row, home))
            session.flush()
            moves.move(who, home, by=self.by, at=self.at)
        elif "grid" in changed:
            row.grid_id = changed["grid"][1]
            moves.regrid(who.household, session.get(Area, row.grid_id), by=self.by, at=self.at)

    def _home(self, told: Mapping[str, Any], grid: Area | None) -> Household:
        """The household behind the row's door, in the grid that the row names."""
        home = self.book.open(_door(told), _address(told), grid)
        named = told.get("named_grid")
        if named and home.grid_id != named:
            session.flush()
            moves.regrid(home, session.get(Area, named), by=self.by, at=self.at)
        return home


def _changed(changes: Mapping[str, Any], who: Resident) -> dict[str, list[Any]]:
    """Of each column what was and what will be, as it is kept with the row."""
    was = {"home": who.household_id, "grid": who.household.grid_id if who.household else None}
    return {
        name: [was.get(name, as_told(getattr(who, name, None))), as_told(value)]
        for name, value in changes.items()
    }


def _door(told: Mapping[str, Any]) -> Door | None:
    return Door(*told["door"]) if told.get("door") else None


def _address(told: Mapping[str, Any]) -> str:
    """The address as it is written, where no door can be read from it."""
    return "" if told.get("door") else told.get("address", "")
