"""What each role may do: the whole policy as one table.

A permission says what; about whom is the scope's word (app/domain/scope.py). A
route without a permission does not start (app/web/guard.py).
"""

from enum import StrEnum

from app.lib.words import N_


class Permission(StrEnum):
    OWN_ACCOUNT = "own_account"
    SEE_TODAY = "see_today"
    RECORD = "record"
    SEE_RESIDENTS = "see_residents"
    REVEAL = "reveal"
    GIVE_FEEDBACK = "give_feedback"
    SEE_BOARD = "see_board"
    CHECK_RECORDS = "check_records"
    DIRECT_WORK = "direct_work"
    HANDLE_INCIDENTS = "handle_incidents"
    MANAGE_CASES = "manage_cases"
    CLOSE_DAY = "close_day"
    SEE_LEDGERS = "see_ledgers"
    IMPORT_ROLL = "import_roll"
    DECLARE_SITUATION = "declare_situation"
    UPLOAD = "upload"
    APPROVE_EXPORTS = "approve_exports"
    SEE_SUMS = "see_sums"
    OPEN_NAME = "open_name"
    MANAGE_USERS = "manage_users"
    MANAGE_AREAS = "manage_areas"
    ADOPT_RULES = "adopt_rules"
    SEE_AUDIT = "see_audit"


P = Permission
WORDS = {
    P.OWN_ACCOUNT: N_("看和改自己的设置、登录设备"),
    P.SEE_TODAY: N_("看自己的今日清单"),
    P.RECORD: N_("登记"),
    P.SEE_RESIDENTS: N_("查居民"),
    P.REVEAL: N_("写明理由后看完整的姓名、电话、证件号"),
    P.GIVE_FEEDBACK: N_("提意见"),
    P.SEE_BOARD: N_("看社区看板"),
    P.CHECK_RECORDS: N_("审核、退回登记，定夺待定条目"),
    P.DIRECT_WORK: N_("交办、发通知、提醒、改派"),
    P.HANDLE_INCIDENTS: N_("处置突发事件"),
    P.MANAGE_CASES: N_("建档、改截止日期、申报解码、结档"),
    P.CLOSE_DAY: N_("日结"),
    P.SEE_LEDGERS: N_("看人员台账"),
    P.IMPORT_ROLL: N_("导入名册"),
    P.DECLARE_SITUATION: N_("宣布静默管理、高温等情形"),
    P.UPLOAD: N_("把核实过的上传市平台"),
    P.APPROVE_EXPORTS: N_("批准别人导出完整信息"),
    P.SEE_SUMS: N_("看汇总"),
    P.OPEN_NAME: N_("写明理由后看一个人的姓名，过几分钟关闭"),
    P.MANAGE_USERS: N_("管理账号"),
    P.MANAGE_AREAS: N_("管理社区和网格"),
    P.ADOPT_RULES: N_("改用规则版本"),
    P.SEE_AUDIT: N_("看操作日志"),
}

EVERYBODY = {P.OWN_ACCOUNT}
ALLOWED: dict[str, frozenset[Permission]] = {
    "worker": frozenset(
        EVERYBODY | {P.SEE_TODAY, P.RECORD, P.SEE_RESIDENTS, P.REVEAL, P.GIVE_FEEDBACK}
    ),
    "director": frozenset(
        EVERYBODY
        | {
            P.RECORD,
            P.SEE_RESIDENTS,
            P.REVEAL,
            P.SEE_BOARD,
            P.CHECK_RECORDS,
            P.DIRECT_WORK,
            P.HANDLE_INCIDENTS,
            P.MANAGE_CASES,
            P.CLOSE_DAY,
            P.SEE_LEDGERS,
            P.IMPORT_ROLL,
            P.DECLARE_SITUATION,
            P.UPLOAD,
            P.APPROVE_EXPORTS,
        }
    ),
    "official": frozenset(EVERYBODY | {P.SEE_SUMS, P.OPEN_NAME, P.APPROVE_EXPORTS}),
    "admin": frozenset(EVERYBODY | {P.MANAGE_USERS, P.MANAGE_AREAS, P.ADOPT_RULES, P.SEE_AUDIT}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether a role may do a thing; an unknown role may do nothing."""
    return permission in ALLOWED.get(role, frozenset())
