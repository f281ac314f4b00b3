"""One episode of care or control of a resident: a yellow code, a return, an elder on the roll.

No case stands without its four papers: the reason (from the edition's closed
list), the rule, the end date and the way to appeal; `open_case` takes them from
the rulebook and refuses where one is missing. One resident has at most one open
case of a kind, kept by a partial unique index.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say


@dataclass(frozen=True, slots=True)
class Papers:
    """What a case must have to stand: reason, rule (with edition, jurisdiction) and label."""

    reason: str
    rule: str
    edition: str
    jurisdiction: str
    label: str = ""


# What is told of a case at its opening and has a column of its own; the rest is sealed.
STATED = {"anchor_at", "source", "high_risk"}
# How an episode can end.
OUTCOMES = {
    "green": N_("已转绿码"),
    "completed": N_("期满解除"),
    "transferred": N_("转出，不归本社区管理"),
    "wrong": N_("推送有误"),
    "hospital": N_("转运至医院或隔离点"),
    "moved": N_("搬离本社区"),
    "nursing_home": N_("入住养老机构"),
    "cared_for": N_("已有家人同住照料"),
    "died": N_("去世"),
    "withdrawn": N_("误建档，已撤销"),
}
KINDS = {"yellow": N_("黄码"), "returnee": N_("返回人员"), "elder": N_("关爱老人")}


class Case(Uid, db.Model):
    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "uq_cases_one_open",
            "resident_id",
            "kind",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_cases_community", "community_id", "kind", "stage"),
        Index("ix_cases_grid", "grid_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    reason: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(80))
    edition: Mapped[str] = mapped_column(String(20))
    jurisdiction: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(12), default="")
    # The province a returnee came from, two digits of GB/T 2260; the whole origin is in `details`.
    came_from: Mapped[str] = mapped_column(String(2), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    high_risk: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime]
    anchor_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(16), default="")
    ends_on: Mapped[date | None]
    end_override: Mapped[date | None]
    may_close: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    planned_at: Mapped[datetime | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(String(24), default="")
    # Why it may not close yet and what it waits for, as said by the plan.
    standing: Mapped[dict[str, Any]] = mapped_column(db.JSON, default=dict)
    details_sealed: Mapped[str | None]

    resident: Mapped[Resident] = relationship()
    household: Mapped[Household | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    details = Sealed()  # JSON text, read through `told`

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def told(self) -> dict[str, Any]:
        """What was told at the opening: origin, transport, dates, source of the push."""
        return json.loads(self.details) if self.details_sealed else {}

    def correct_end(self, ends_on: date, *, reason: str, by: User, at: datetime) -> None:
        """Set another end date than the rule computes; the reason stays with the event."""
        if self.closed_at:
            raise Refused(say("这份档案已结，不能再改截止日期。"))
        was, self.end_override = self.ends_on, ends_on
        data = {"was": was and was.isoformat(), "now": ends_on.isoformat(), "reason": reason}
        happened("end_corrected", by=by, at=at, about=self, data=data)

    def restate(self, papers: Papers, **told: Any) -> None:
        """Take other papers and details: the record that opened it was corrected, or he arrived."""
        for name, value in asdict(papers).items():
            setattr(self, name, value)
        for name in STATED & told.keys():
            setattr(self, name, told.pop(name))
        self.details = json.dumps(told, ensure_ascii=False, default=str) if told else None

    def reopen(self) -> None:
        """Take back the end, because the record that ended it was withdrawn."""
        if open_case_of(self.resident_id, self.kind):
            raise Refused(say("这位居民已有新的在管档案，原来的结档不能再撤销。"))
        self.closed_at, self.outcome = None, ""

    def move_to(self, grid: Area, *, by: User, at: datetime) -> None:
        """Hand the episode to another grid of the community."""
        was, self.grid_id = self.grid_id, grid.id
        happened("case_moved", by=by, at=at, about=self, data={"from": was, "to": grid.id})

    def close(self, outcome: str, *, by: User, at: datetime) -> None:
        """End the episode. What may be closed is decided by the plan, not here."""
        self.closed_at, self.outcome = at, outcome
        data = {"kind": self.kind, "outcome": outcome}
        happened("case_closed", by=by, at=at, about=self, data=data)


def open_case_of(resident_id: int, kind: str) -> Case | None:
    """The resident's open case of a kind; there is at most one."""
    wanted = select(Case).where(Case.resident_id == resident_id, Case.kind == kind)
    return session.scalar(wanted.where(Case.closed_at.is_(None)))


def open_case(
    kind: str, resident: Resident, papers: Papers, *, by: User, at: datetime, **told: Any
) -> Case:
    """Open an episode with its four papers; refuse a second open one of the same kind."""
    if open_case_of(resident.id, kind):
        words = say("这位居民已有一份在管的同类档案，不必重复建档。请在原档案里登记。")
        raise Refused(words)
    case = new_case(kind, resident, papers, at=at, **told)
    session.add(case)
    session.flush()
    data = {"kind": kind, "reason": case.reason}
    happened("case_opened", by=by, at=at, about=case, data=data)
    return case


def new_case(kind: str, resident: Resident, papers: Papers, *, at: datetime, **told: Any) -> Case:
    """A case with its papers, not yet in the database."""
    case = Case(
        kind=kind,
        resident=resident,
        resident_id=resident.id,
        household_id=resident.household_id,
        community_id=resident.community_id,
        grid_id=resident.grid_id,
        opened_at=at,
        anchor_at=at,
        source="",
        high_risk=False,
    )
    # A case opened late still counts from when it began.
    case.restate(papers, **told)
    return case
