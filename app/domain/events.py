"""What happened: one row per deed, in its transaction, read by timelines and counts.

`KINDS` is the one registry; a kind not listed cannot happen. `data` holds keys
and numbers for the wording, never a name or a health note.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.lib.db import db, session
from app.lib.many import insert_all
from app.lib.words import N_


@dataclass(frozen=True, slots=True)
class EventKind:
    words: str
    icon: str


KINDS = {
    "recorded": EventKind(N_("登记"), "check"),
    "recorded_late": EventKind(N_("补登记"), "clock"),
    "corrected": EventKind(N_("更正"), "undo"),
    "withdrawn": EventKind(N_("撤销"), "undo"),
    "not_reached": EventKind(N_("未联系上"), "phone"),
    "case_opened": EventKind(N_("建档"), "plus"),
    "stage_changed": EventKind(N_("进入下一阶段"), "chevron"),
    "end_corrected": EventKind(N_("更正截止日期"), "clock"),
    "case_closed": EventKind(N_("结档"), "lock"),
    "case_named_again": EventKind(N_("又有名单点到"), "import"),
    "case_moved": EventKind(N_("转到其他网格"), "area"),
    "task_given": EventKind(N_("交办"), "today"),
    "task_reminded": EventKind(N_("提醒"), "warning"),
    "task_reassigned": EventKind(N_("改派"), "user"),
    "task_carried": EventKind(N_("结转"), "clock"),
    "assignment_given": EventKind(N_("交办"), "today"),
    "assignment_accepted": EventKind(N_("接收交办"), "check"),
    "assignment_asked_back": EventKind(N_("问交办"), "feedback"),
    "assignment_answered": EventKind(N_("答复交办"), "check"),
    "assignment_handed_on": EventKind(N_("转交交办"), "user"),
    "assignment_handed_back": EventKind(N_("交回交办"), "undo"),
    "assignment_done": EventKind(N_("办好交办"), "check"),
    "assignment_reopened": EventKind(N_("撤销办好"), "undo"),
    "assignment_checked": EventKind(N_("核过交办"), "eye"),
    "assignment_returned": EventKind(N_("退回交办"), "undo"),
    "assignment_moved": EventKind(N_("改交办期限"), "clock"),
    "assignment_withdrawn": EventKind(N_("撤回交办"), "close"),
    "notice_given": EventKind(N_("发通知"), "feedback"),
    "notice_read": EventKind(N_("已读通知"), "eye"),
    "notice_reminded": EventKind(N_("提醒看通知"), "warning"),
    "notice_withdrawn": EventKind(N_("撤回通知"), "close"),
    "training_given": EventKind(N_("开始培训"), "rules"),
    "training_read": EventKind(N_("看过培训"), "eye"),
    "record_checked": EventKind(N_("审核通过"), "check"),
    "record_returned": EventKind(N_("退回询问"), "undo"),
    "record_answered": EventKind(N_("答复"), "check"),
    "entry_held": EventKind(N_("待定夺"), "warning"),
    "entry_decided": EventKind(N_("已定夺"), "check"),
    "photo_arrived": EventKind(N_("照片传到"), "check"),
    "incident_reported": EventKind(N_("上报突发事件"), "incident"),
    "incident_verified": EventKind(N_("核实突发事件"), "check"),
    "incident_assigned": EventKind(N_("派单"), "user"),
    "extension_asked": EventKind(N_("申请延期"), "clock"),
    "extension_granted": EventKind(N_("同意延期"), "clock"),
    "extension_declined": EventKind(N_("不同意延期"), "clock"),
    "incident_handled": EventKind(N_("处理完毕"), "check"),
    "incident_checked": EventKind(N_("复核"), "eye"),
    "incident_sent_back": EventKind(N_("退回重办"), "undo"),
    "incident_closed": EventKind(N_("办结"), "lock"),
    "list_received": EventKind(N_("收到名单"), "import"),
    "list_undone": EventKind(N_("撤回名单"), "undo"),
    "check_asked": EventKind(N_("要求核查"), "verify"),
    "check_joined": EventKind(N_("并入核查"), "verify"),
    "check_answered": EventKind(N_("核查有结果"), "check"),
    "check_tried": EventKind(N_("核查没联系上"), "phone"),
    "check_withdrawn": EventKind(N_("撤回核查"), "undo"),
    "check_shared_out": EventKind(N_("按工作量分核查"), "user"),
    "day_closed": EventKind(N_("日结"), "lock"),
    "day_changed": EventKind(N_("日结后有变动"), "warning"),
    # Rolls that came before they had their place among the lists.
    "roll_imported": EventKind(N_("导入名册"), "import"),
    "resident_added": EventKind(N_("新增居民"), "plus"),
    "export_asked": EventKind(N_("申请导出完整信息"), "lock"),
    "export_approved": EventKind(N_("批准导出"), "check"),
    "export_declined": EventKind(N_("不批准导出"), "close"),
    "reveals_many": EventKind(N_("查看完整信息特别多"), "warning"),
    "upload_sent": EventKind(N_("上传市平台"), "export"),
    "upload_answered": EventKind(N_("读入平台回执"), "import"),
    "feedback_given": EventKind(N_("意见反馈"), "feedback"),
    "feedback_answered": EventKind(N_("答复意见"), "check"),
    "staff_changed": EventKind(N_("人员或分工变动"), "user"),
    "places_changed": EventKind(N_("社区或网格变动"), "area"),
    "rules_adopted": EventKind(N_("改用规则版本"), "rules"),
    "situation_declared": EventKind(N_("宣布情形"), "warning"),
    "situation_ended": EventKind(N_("解除情形"), "check"),
    "told_again": EventKind(N_("再发一次消息"), "warning"),
    "told_by_phone": EventKind(N_("电话告知"), "phone"),
}


class Event(db.Model):
    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_case", "case_id", "id"),
        Index("ix_events_resident", "resident_id", "id"),
        Index("ix_events_community", "community_id", "id"),
        Index(
            "ix_events_untold",
            "id",
            sqlite_where=text("untold"),
            postgresql_where=text("untold"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int | None]
    grid_id: Mapped[int | None]
    resident_id: Mapped[int | None]
    case_id: Mapped[int | None]
    task_id: Mapped[int | None]
    incident_id: Mapped[int | None] = mapped_column(index=True)
    record_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The post room has not seen it yet. No number reached so far would do as a mark:
    # PostgreSQL may commit a lower id after a higher one.
    untold: Mapped[bool] = mapped_column(default=True)

    by: Mapped[User | None] = relationship()

    @property
    def words(self) -> str:
        return KINDS[self.kind].words

    @property
    def icon(self) -> str:
        return KINDS[self.kind].icon


def happened(kind: str, **told: Any) -> Event:
    """Note a deed, told as in `noted`."""
    event = Event(**noted(kind, **told))
    session.add(event)
    return event


def all_happened(deeds: Sequence[dict[str, Any]]) -> None:
    """Note many at once, in their order; each was put together by `noted`."""
    insert_all(Event, deeds)


def noted(
    kind: str,
    *,
    by: User | None,
    at: datetime,
    about: Any = None,
    data: dict | None = None,
    **ids: Any,
) -> dict[str, Any]:
    """What is noted of a deed: `about` is the row it was done to; `ids` add to it, or replace."""
    if kind not in KINDS:
        raise KeyError(f"unknown event kind {kind!r}: add it to KINDS")
    told = {"kind": kind, "at": at, "by_id": by.id if by else None, "data": data or {}}
    return told | _ids(about) | ids


# Which column of an event the id of a thing itself goes into.
OWN_ID = {
    "cases": "case_id",
    "tasks": "task_id",
    "records": "record_id",
    "incidents": "incident_id",
}
OWN_ID["residents"] = "resident_id"
SHARED = ("community_id", "grid_id", "resident_id", "case_id", "task_id", "incident_id")


def _ids(about: Any) -> dict[str, Any]:
    if about is None:
        return {}
    found = {name: getattr(about, name) for name in SHARED if hasattr(about, name)}
    own = OWN_ID.get(about.__tablename__)
    return found | ({own: about.id} if own else {})
