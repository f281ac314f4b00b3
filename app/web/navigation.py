"""What stands around every page: who is signed in, her settings, the menu of her role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from app.domain.places import Area
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.policy.permissions import may
from app.reports.told import undelivered_count
from app.web.person import my
from app.web.words import language_tag, translated


@dataclass(frozen=True, slots=True)
class Item:
    endpoint: str
    words: str
    icon: str
    permission: P
    values: tuple[tuple[str, str], ...] = ()
    # How many rows its page has, where that is shown beside its name.
    counts: Callable[[Area], int] | None = None


DESK = (
    Item("director.board", N_("看板"), "board", P.SEE_BOARD),
    Item("director.checklist", N_("今日清单"), "checklist", P.SEE_BOARD),
    Item("director.assignments", N_("交办"), "today", P.DIRECT_WORK),
    Item("director.incidents", N_("突发事件"), "incident", P.HANDLE_INCIDENTS),
    Item("director.checks", N_("信息核查"), "verify", P.SEE_BOARD),
    Item("messages.inbox", N_("消息"), "bell", P.OWN_ACCOUNT),
    Item("director.undelivered", N_("未送达"), "warning", P.DIRECT_WORK, counts=undelivered_count),
    Item("director.ledger", N_("人员台账"), "ledger", P.SEE_LEDGERS, (("kind", "yellow"),)),
    Item("residents.search", N_("居民与楼栋"), "building", P.SEE_RESIDENTS),
    Item("records.menu", N_("登记"), "plus", P.MANAGE_CASES),
    Item("director.notices", N_("通知与培训"), "feedback", P.DIRECT_WORK),
    Item("director.held", N_("待定夺"), "warning", P.CHECK_RECORDS),
    Item("director.uploads", N_("上传市平台"), "export", P.UPLOAD),
    Item("director.feedback", N_("意见箱"), "feedback", P.CHECK_RECORDS),
    Item("director.imports", N_("导入"), "import", P.IMPORT_ROLL),
    Item("director.robots", N_("群机器人"), "feedback", P.DIRECT_WORK),
    Item("director.situation", N_("情形与规则"), "rules", P.DECLARE_SITUATION),
    Item("official.area", N_("汇总"), "board", P.SEE_SUMS),
    Item("exports.listed", N_("导出记录"), "lock", P.APPROVE_EXPORTS),
    Item("admin.users", N_("账号"), "user", P.MANAGE_USERS),
    Item("admin.areas", N_("社区与网格"), "area", P.MANAGE_AREAS),
    Item("admin.editions", N_("规则版本"), "rules", P.ADOPT_RULES),
    Item("admin.audit_log", N_("操作日志"), "eye", P.SEE_AUDIT),
    Item("account.settings", N_("我的"), "me", P.OWN_ACCOUNT),
)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["desk_nav"] = desk_nav
    app.context_processor(around)


def around() -> dict[str, Any]:
    """The variables every template has."""
    signed_in = current_user.is_authenticated
    is_worker = signed_in and current_user.role == "worker"
    return {
        "lang": language_tag(),
        "type_size": current_user.type_size if signed_in else "normal",
        "me": current_user.user if signed_in else None,
        "layout": "layouts/worker.html" if is_worker else "layouts/desk.html",
    }


def desk_nav() -> list[dict[str, Any]]:
    """The menu of the signed-in role."""
    place = my().community
    return [
        {
            "url": url_for(item.endpoint, **dict(item.values)),
            "words": translated(item.words),
            "icon": item.icon,
            "active": request.endpoint == item.endpoint,
            "count": item.counts(place) if item.counts and place else None,
        }
        for item in DESK
        if may(current_user.role, item.permission)
    ]
