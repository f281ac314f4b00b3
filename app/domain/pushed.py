"""Lists that others send down (推送名单), and their rows as they were received.

The file, its name, what it asks and every row are sealed: all of it is about somebody.
What became of a row stands beside it, so that each can be told back to the sender.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.lib.crypto import Sealed, SealedJson, keyring
from app.lib.db import Uid, db
from app.lib.words import N_

KINDS = {
    "resident": N_("名册"),
    "returnee": N_("返回人员"),
    "yellow": N_("黄码推送"),
    "elder": N_("关爱名册"),
    "test": N_("检测结果"),
    "check": N_("信息核查"),
    "shop": N_("沿街门店"),
}
STATES = {
    "doubtful": N_("待认人"),
    "unplaced": N_("找不到地址"),
    "outside": N_("非本辖区"),
    "refused": N_("有错"),
    "work": N_("已成任务"),
    "joined": N_("已并入"),
    "added": N_("新增"),
    "updated": N_("已更新"),
    "known": N_("已在册"),
    "undone": N_("已撤回"),
}
LONGEST_SENDER = 60


class PushedList(Uid, db.Model):
    """One file of people; `deadline_at` is what the sender set, `due_at` what we must keep."""

    __tablename__ = "pushed_lists"
    __table_args__ = (Index("ix_pushed_lists_community", "community_id", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(12))
    sender: Mapped[str] = mapped_column(String(LONGEST_SENDER))
    received_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(80))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    name_sealed: Mapped[str | None]
    question_sealed: Mapped[str | None]
    file_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The keyed fingerprint of the file, by which the same one is known again.
    file_index: Mapped[str | None] = mapped_column(String(32), index=True)

    community: Mapped[Area] = relationship()
    by: Mapped[User] = relationship()
    name = Sealed()
    question = Sealed()

    @property
    def file(self) -> bytes | None:
        return keyring().open_bytes(self.file_sealed, self._place) if self.file_sealed else None

    @file.setter
    def file(self, raw: bytes | None) -> None:
        self.file_sealed = keyring().seal_bytes(raw, self._place) if raw else None

    @property
    def _place(self) -> str:
        return f"pushed_lists:{self.uid}:file"


class ListRow(Uid, db.Model):
    """One row of a list: as it was received (`cells`), as it was read (`understood`)."""

    __tablename__ = "list_rows"
    __table_args__ = (Index("ix_list_rows_list_state", "list_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("pushed_lists.id"))
    sheet: Mapped[str] = mapped_column(String(60), default="")
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="")
    # Why, as a sentence that is put together where it is read (app/lib/words.py).
    reason: Mapped[dict[str, Any] | None] = mapped_column(db.JSON(none_as_null=True))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("checks.id"), index=True)
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"), index=True)
    cells_sealed: Mapped[str | None]
    understood_sealed: Mapped[str | None]

    list: Mapped[PushedList] = relationship(backref="rows")
    resident: Mapped[Resident | None] = relationship()
    household: Mapped[Household | None] = relationship()
    grid: Mapped[Area | None] = relationship()
    check: Mapped[Any] = relationship("Check", back_populates="rows")
    cells = SealedJson()
    understood = SealedJson()
