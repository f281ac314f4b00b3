"""What was written down: append-only. A correction is a new record that supersedes an old one.

What was said (`fields`) is sealed as a whole, because nearly all of it is about
somebody's health. Beside it stand only the columns that counts need: kind,
outcome, day.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, String, bindparam, exists, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from app.domain.people import User
from app.domain.residents import Resident
from app.lib import clock
from app.lib.crypto import keyring
from app.lib.db import db, session


class Record(db.Model):
    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_day", "community_id", "day", "kind"),
        Index("ix_records_grid_day", "grid_id", "day"),
        Index("ix_records_kind", "community_id", "kind", "at"),
        # Only of corrections: an index that is nearly all NULL misleads a planner that counts it.
        Index(
            "ix_records_supersedes",
            "supersedes",
            sqlite_where=text("supersedes IS NOT NULL"),
            postgresql_where=text("supersedes IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    outcome: Mapped[str] = mapped_column(String(24), default="")
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    day: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    supersedes: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"))
    via: Mapped[str] = mapped_column(String(8), default="page")
    fields_sealed: Mapped[str]

    by: Mapped[User] = relationship()
    resident: Mapped[Resident | None] = relationship()

    @property
    def fields(self) -> dict[str, Any]:
        return opened_fields(self.id, self.fields_sealed)

    @property
    def late_by_days(self) -> int:
        """Local days between the deed and its arrival here."""
        return (clock.local_day(self.received_at) - self.day).days


def sealed_fields(record_id: UUID, fields: dict[str, Any]) -> str:
    """The sealed form of a record's fields, as the column keeps it."""
    return keyring().seal(json.dumps(fields, ensure_ascii=False, sort_keys=True), _place(record_id))


def opened_fields(record_id: UUID, sealed: str) -> dict[str, Any]:
    """What `sealed_fields` sealed for the same record."""
    return json.loads(keyring().open(sealed, _place(record_id)))


# Records that tell of no work: nothing counts them.
NO_WORK = (
    "feedback",
    "assignment_accepted",
    "assignment_asked",
    "assignment_handed_on",
    "notice_read",
    "training_read",
)


@cache
def standing() -> Any:
    """The condition that a record counts: nothing supersedes it, and it tells of work done."""
    later = aliased(Record)
    return Record.kind.not_in(("withdrawal", *NO_WORK)) & ~exists(
        select(later.id).where(later.supersedes == Record.id).correlate(Record)
    )


def course_of(case_id: int) -> list[Any]:
    """Every record of a case, superseded ones too, in the order of the deeds, as plain rows."""
    return list(session.execute(_course(), {"case_id": case_id}))


@cache
def _course() -> Select:
    columns = (Record.id, Record.kind, Record.outcome, Record.at, Record.received_at)
    rows = select(*columns, Record.by_id, Record.supersedes, Record.fields_sealed)
    return rows.where(Record.case_id == bindparam("case_id")).order_by(Record.at, Record.id)


class SealedFields(Mapping[str, Any]):
    """What a record said, opened when somebody asks for more than its outcome."""

    def __init__(self, record_id: UUID, outcome: str, sealed: str):
        self._outcome = {"outcome": outcome}
        self._record_id, self._sealed = record_id, sealed

    @cached_property
    def _opened(self) -> dict[str, Any]:
        return opened_fields(self._record_id, self._sealed) | self._outcome

    def __getitem__(self, name: str) -> Any:
        return self._outcome[name] if name in self._outcome else self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened)

    def __len__(self) -> int:
        return len(self._opened)


def _place(record_id: UUID) -> str:
    return f"records:{record_id}:fields"
