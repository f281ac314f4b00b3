"""Somebody whom only a list knows is put on the roll, behind the door that the list names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.door_book import Door, DoorBook
from app.domain.doors import household_without_room
from app.domain.places import Area, Household
from app.domain.pushed import ListRow
from app.domain.residents import Resident
from app.exchange.values.text import sex_code
from app.lib import clock
from app.lib.db import session
from app.lib.idcard import read_id_number

LONGEST_ADDRESS = 120


class Newcomers:
    """The doors that some rows name and that nobody lives behind yet."""

    def __init__(self, community: Area, told: Sequence[Mapping[str, Any]], *, at: datetime):
        self.community, self.at = community, at
        named = [Door(*one["door"]) for one in told if one.get("door")]
        self.book = DoorBook(community, named) if named else None

    def add(self, row: ListRow, told: Mapping[str, Any], grid: Area | None) -> Resident:
        """Put her on the roll, not yet flushed; the ID number tells sex and birth."""
        home = self.home(row, told, grid)
        number = told.get("id_number")
        card = read_id_number(number, today=clock.today()) if number else None
        sex = card.sex if card else sex_code(told.get("sex", "")) or "0"
        resident = Resident(community_id=self.community.id, household=home, created_at=self.at)
        resident.grid_id, resident.born = home.grid_id, card.birth if card else None
        resident.sex = sex if sex in ("1", "2") else "0"
        resident.set_name(told["name"])
        resident.set_id_number(number)
        resident.set_phone(told.get("phone"))
        session.add(resident)
        row.household, row.grid_id = home, home.grid_id
        return resident

    def home(self, row: ListRow, told: Mapping[str, Any], grid: Area | None) -> Household:
        if row.household_id:
            return row.household
        if told.get("door") and self.book:
            return self.book.open(Door(*told["door"]), "", grid)
        return household_without_room(
            self.community, grid, told.get("address", "")[:LONGEST_ADDRESS]
        )
