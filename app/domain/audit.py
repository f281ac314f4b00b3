"""Who looked at what, and why: rows without foreign keys, so that they outlive what they describe.

Written in the transaction of the deed: no reveal without its row.
"""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.people import User
from app.lib.db import db, session
from app.lib.words import N_

ACTIONS = {
    "signed_in": N_("登录"),
    "sign_in_failed": N_("登录失败"),
    "signed_out": N_("退出登录"),
    "device_revoked": N_("停用设备"),
    "revealed": N_("查看完整信息"),
    "name_opened": N_("上级查看姓名"),
    "exported": N_("导出"),
    "export_decided": N_("批准或不批准导出"),
    "fetched": N_("取走导出的文件"),
    "imported": N_("导入"),
    "user_changed": N_("变更账号"),
    "area_changed": N_("变更网格"),
    "rules_changed": N_("变更规则版本"),
    "refused": N_("无权操作"),
}


class AuditEntry(db.Model):
    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_who", "who_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(20))
    who_id: Mapped[int | None]
    who: Mapped[str] = mapped_column(String(40), default="")
    role: Mapped[str] = mapped_column(String(12), default="")
    area_id: Mapped[int | None] = mapped_column(index=True)
    target: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")


def note(
    action: str, *, by: User | None, at: datetime, target: str = "", reason: str = "", who: str = ""
) -> AuditEntry:
    """Note an access. `target` names a row (``resident:17``), never a person."""
    if action not in ACTIONS:
        raise KeyError(f"unknown audit action {action!r}: add it to ACTIONS")
    entry = AuditEntry(
        at=at,
        action=action,
        who_id=by.id if by else None,
        who=by.login if by else who[:40],
        role=by.role if by else "",
        area_id=by.area_id if by else None,
        target=target,
        reason=reason[:200],
    )
    session.add(entry)
    return entry
