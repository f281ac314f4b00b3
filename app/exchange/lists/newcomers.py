"""Somebody whom only a list knows is put on the roll, behind the door that the list names."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.domain.door_book import Door, DoorBook
from app.domain.doors import household_without_room
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.exchange.lists.row import Row
from app.exchange.values.text import sex_code
from app.lib import clock
from app.lib.db import session
from app.lib.idcard import read_id_number
from app.lib.many import insert_new

LONGEST_ADDRESS = 120


class Newcomers:
    """Those whom only some rows know, on their way to the roll."""

    def __init__(self, community: Area, rows: Sequence[Row], *, at: datetime):
        self.community, self.rows, self.at = community, rows, at
        self.homes: dict[int, Household] = {}  # of new people, by their `id()`

    @cached_property
    def known(self) -> dict[int, Household]:
        """The homes that the rows name."""
        ids = {row.household_id for row in self.rows} - {None}
        found = session.scalars(select(Household).where(Household.id.in_(ids)))
        return {home.id: home for home in found}

    @cached_property
    def book(self) -> DoorBook:
        """The doors that they name and nobody lives behind yet."""
        doors = (row.understood.get("door") for row in self.rows)
        return DoorBook(self.community, [Door(*door) for door in doors if door])

    def add(self, row: Row, told: Mapping[str, Any], grid: Area | None) -> Resident:
        """Somebody for the roll, to be written by `write`; the ID number tells sex and birth."""
        home = self._home(row, told, grid)
        number = told.get("id_number")
        card = read_id_number(number, today=clock.today()) if number else None
        sex = card.sex if card else sex_code(told.get("sex", "")) or "0"
        resident = Resident(community_id=self.community.id, household_id=home.id)
        resident.created_at, resident.grid_id = self.at, home.grid_id
        resident.born = card.birth if card else None
        resident.sex = sex if sex in ("1", "2") else "0"
        resident.set_name(told["name"])
        resident.set_id_number(number)
        resident.set_phone(told.get("phone"))
        self.homes[id(resident)] = home
        row.household_id, row.grid_id = home.id, home.grid_id
        return resident

    def write(self, people: Iterable[Resident]) -> None:
        """Put those of them on the roll who are new; the session does not hold them."""
        new = [one for one in people if id(one) in self.homes]
        for one in new:
            one.household_id = self.homes[id(one)].id
        insert_new(new)

    def _home(self, row: Row, told: Mapping[str, Any], grid: Area | None) -> Household:
        if row.household_id:
            return self.known[row.household_id]
        if told.get("door"):
            return self.book.open(Door(*told["door"]), "", grid)
        return household_without_room(
            self.community, grid, told.get("address", "")[:LONGEST_ADDRESS]
        )


def imagined(row: Row, told: Mapping[str, Any]) -> Resident:
    """Somebody who would be put on the roll, so that a second row of a rehearsal finds her."""
    resident = Resident(household_id=row.household_id, grid_id=row.grid_id)
    resident.set_name(told["name"])
    resident.set_id_number(told.get("id_number"))
    resident.set_phone(told.get("phone"))
    return resident
