"""Verified people by the dozen, for what is counted and carried by the hundred."""

from datetime import date, timedelta

from app.domain.records import Record, sealed_fields
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.cast import resident


def verified(cast, n: int, *, hours_ago: int = 2, kind: str = "code_check") -> list[Record]:
    """So many people, each verified once."""
    at, found = clock.now() - timedelta(hours=hours_ago), []
    for number in range(n):
        room = f"{11 + number}01"
        person = resident(cast.grid1, f"核{number}", "1", date(1980, 1, 1), room=room)
        found.append(record_of(person, kind, "confirmed", at + timedelta(seconds=number), cast))
    session.commit()
    return found


def record_of(person, kind: str, outcome: str, at, cast) -> Record:
    uid = new_id()
    kept = Record(
        id=uid, kind=kind, outcome=outcome, at=at, received_at=at, day=clock.local_day(at),
        by_id=cast.worker.id, community_id=person.community_id, grid_id=person.grid_id,
        resident_id=person.id, household_id=person.household_id,
        fields_sealed=sealed_fields(uid, {}),
    )  # fmt: skip
    session.add(kept)
    return kept
