"""Somebody whom only a list knows is put on the roll, behind the door that the list names."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.door_book import Door, DoorBook
from app.domain.doors import household_without_room
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.pushed import ListRow
from app.domain.residents import Resident, add_resident
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

    def add(
        self, row: ListRow, told: Mapping[str, Any], grid: Area | None, *, by: User | None = None
    ) -> Resident:
        """Put her on the roll; the ID number tells sex and birth."""
        home = self.home(row, told, grid)
        number = told.get("id_number")
        card = read_id_number(number, today=clock.today()) if number else None
        sex = card.sex if card else sex_code(told.get("sex", "")) or "0"
        resident = add_resident(
            community=self.community,
            home=home,
            name=told["name"],
            id_number=number,
            phone=told.get("phone"),
            sex=sex if sex in ("1", "2") else "0",
            born=card.birth if card else None,
        )
        row.household_id, row.grid_id = home.id, home.grid_id
        if by is not None:
            happened("resident_added", by=by, at=self.at, about=resident)
        return resident

    def home(self, row: ListRow, told: Mapping[str, Any], grid: Area | None) -> Household:
        if row.household_id:
            return session.get(Household, row.household_id)
        if told.get("door") and self.book:
            home = self.book.open(Door(*told["door"]), "", grid)
            session.flush()
            return home
        return household_without_room(
            self.community, grid, told.get("address", "")[:LONGEST_ADDRESS]
        )
