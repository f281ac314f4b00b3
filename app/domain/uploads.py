"""What was verified goes to the city's platform: drawn into batches, sent, answered row by row.

`VERIFIED` is the registry of what counts: one line per record kind, with the outcomes
by which nothing is verified yet. A record is uploaded when a batch it is in was sent and
the platform has not given it back; a correction is a new record, and to be uploaded again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import Record, standing
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.rulebook import RULES

# Record kinds that verify somebody, each with the outcomes that leave him unverified.
VERIFIED: dict[str, tuple[str, ...]] = {
    "code_check": ("unreachable",),
    "arrival_check": ("unreachable",),
    "check_result": tuple(
        {rule.key: 0 for rule in RULES.entries if rule.kind == "answer" and not rule.params.ends}
    ),
}
ITEM_STATES = {
    "drawn": N_("待上传"),
    "sent": N_("已上传"),
    "accepted": N_("平台已收"),
    "refused": N_("平台退回"),
    "left": N_("没有上传"),
    "again": N_("改好再传"),
}
UPLOADED = ("sent", "accepted")
MOST = 2_000


class UploadBatch(Uid, db.Model):
    """What goes up at once. `form_id` is the platform's own blank form, where there is one."""

    __tablename__ = "upload_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    export_id: Mapped[int | None] = mapped_column(ForeignKey("exports.id"))
    form_id: Mapped[int | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    items: Mapped[list["UploadItem"]] = relationship(
        order_by="UploadItem.number", back_populates="batch"
    )

    @property
    def is_open(self) -> bool:
        return self.sent_at is None and self.dropped_at is None

    @property
    def sums(self) -> Counter[str]:
        """How many of its rows stand in each state."""
        return Counter(item.state for item in self.items)

    def send(self, *, by: User, at: datetime) -> int:
        """It is on the platform now; what was corrected meanwhile has not gone. How many have."""
        if not self.is_open:
            raise Refused(say("这一批已经处理过了。"))
        stands = _standing_of(self)
        for item in self.items:
            item.state = "sent" if item.record_id in stands else "left"
        self.sent_at, self.sent_by_id = at, by.id
        data = {"batch": self.id, "n": len(stands)}
        happened("upload_sent", by=by, at=at, community_id=self.community_id, data=data)
        return len(stands)

    def drop(self, *, by: User, at: datetime) -> None:
        """It was not sent: its rows wait again. Refused once it is on the platform."""
        if not self.is_open:
            raise Refused(say("这一批已经处理过了。"))
        for item in self.items:
            item.state = "left"
        self.dropped_at = at

    def take_answers(
        self, answers: Mapping[int, tuple[str, str]], *, by: User, at: datetime
    ) -> None:
        """The platform's word on rows by number: ``accepted`` or ``refused``, and why."""
        if self.sent_at is None:
            raise Refused(say("这一批还没有标为已上传，不能读回执。"))
        for item in self.items:
            if item.number in answers and item.state not in ("left", "again"):
                item.state, item.why = answers[item.number]
                item.answered_at = at
        self.answered_at = at
        data = {"batch": self.id, "n": self.sums["accepted"], "refused": self.sums["refused"]}
        happened("upload_answered", by=by, at=at, community_id=self.community_id, data=data)


class UploadItem(Uid, db.Model):
    """One row of a batch; `number` is the one that stands in the file."""

    __tablename__ = "upload_items"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        Index("ix_upload_items_record", "record_id", "state"),
        Index("ix_upload_items_community", "community_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("upload_batches.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="drawn")
    answered_at: Mapped[datetime | None]
    why_sealed: Mapped[str | None]

    batch: Mapped[UploadBatch] = relationship(back_populates="items")
    record: Mapped[Record] = relationship()
    why = Sealed()


@cache
def verified() -> Any:
    """The condition that a record verifies somebody, and counts: one deed once.

    What a check found verifies an open case by a record of its own (domain/follow_ups.py).
    """
    check = aliased(Record)
    told = check.kind == "check_result", check.resident_id == Record.resident_id
    echo = exists(select(check.id).where(*told, check.at == Record.at).correlate(Record))
    of_kinds = [
        and_(Record.kind == kind, Record.outcome.not_in(not_yet))
        for kind, not_yet in VERIFIED.items()
    ]
    is_own = (Record.kind == "check_result") | ~echo
    return Record.kind.in_(list(VERIFIED)) & or_(*of_kinds) & is_own & standing()


def to_upload() -> Any:
    """Verified, and not uploaded: never sent, or given back and mended."""
    return verified() & ~_in_state(*UPLOADED, "refused")


def given_back() -> Any:
    """Uploaded once, and refused by the platform."""
    return verified() & _in_state("refused") & ~_in_state(*UPLOADED)


def draw(community: Area, *, form_id: int | None = None, by: User, at: datetime) -> UploadBatch:
    """A batch of all that is verified and not uploaded, the oldest first; Refused for nothing."""
    session.scalar(select(Area.id).where(Area.id == community.id).with_for_update())  # one by one
    free = select(Record).where(Record.community_id == community.id, to_upload())
    free = free.where(~_in_state("drawn")).order_by(Record.at, Record.id).limit(MOST)
    found = list(session.scalars(free))
    if not found:
        raise Refused(say("现在没有要上传的：核实过的都已上传，或已经在别的批次里。"))
    batch = UploadBatch(community_id=community.id, form_id=form_id, by_id=by.id, made_at=at)
    for number, record in enumerate(found, start=1):
        batch.items.append(
            UploadItem(number=number, record=record, community_id=community.id, state="drawn")
        )
    session.add(batch)
    session.flush()
    return batch


def put_back(items: Iterable[UploadItem]) -> int:
    """What the platform refused was mended there or here: it goes up again. How many."""
    mended = [item for item in items if item.state == "refused"]
    for item in mended:
        item.state = "again"
    return len(mended)


def batches_of(community: Area, most: int = 20) -> list[UploadBatch]:
    """The batches of a community, the newest first."""
    wanted = select(UploadBatch).where(UploadBatch.community_id == community.id)
    wanted = wanted.options(joinedload(UploadBatch.by)).order_by(UploadBatch.id.desc())
    return list(session.scalars(wanted.limit(most)))


def batch_of(community: Area, batch_id: int) -> UploadBatch | None:
    """One of a community's batches; None for anybody else's."""
    wanted = select(UploadBatch).where(UploadBatch.community_id == community.id)
    return session.scalar(wanted.where(UploadBatch.id == batch_id))


def items_of(batch: UploadBatch) -> list[UploadItem]:
    """The rows of a batch with their records and people, in one query."""
    wanted = select(UploadItem).where(UploadItem.batch_id == batch.id)
    with_people = joinedload(UploadItem.record).joinedload(Record.resident)
    return list(session.scalars(wanted.options(with_people).order_by(UploadItem.number)))


def refused_in(community: Area) -> list[UploadItem]:
    """The rows that the platform has given back and nobody has settled."""
    wanted = select(UploadItem).join(Record, Record.id == UploadItem.record_id)
    wanted = wanted.where(UploadItem.community_id == community.id, UploadItem.state == "refused")
    return list(session.scalars(wanted.where(given_back()).order_by(UploadItem.id)))


def sums_of(batches: Iterable[UploadBatch]) -> dict[int, Counter[str]]:
    """How many rows of each batch stand in each state."""
    ids = [batch.id for batch in batches]
    found: dict[int, Counter[str]] = {one: Counter() for one in ids}
    rows = select(UploadItem.batch_id, UploadItem.state, func.count())
    rows = rows.where(UploadItem.batch_id.in_(ids))
    for batch_id, state, n in session.execute(rows.group_by(UploadItem.batch_id, UploadItem.state)):
        found[batch_id][state] = n
    return found


def standing_records(batch: UploadBatch) -> Select:
    """The records of a batch that still count, in its order."""
    rows = select(Record).join(UploadItem, UploadItem.record_id == Record.id)
    return rows.where(UploadItem.batch_id == batch.id, standing()).order_by(UploadItem.number)


def _standing_of(batch: UploadBatch) -> set[UUID]:
    rows = select(Record.id).join(UploadItem, UploadItem.record_id == Record.id)
    return set(session.scalars(rows.where(UploadItem.batch_id == batch.id, standing())))


def _in_state(*states: str) -> Any:
    mine = UploadItem.record_id == Record.id, UploadItem.state.in_(states)
    return exists(select(UploadItem.id).where(*mine).correlate(Record))
