"""What a clear row becomes, by the kind of its list: a case, a result, a check, a shop.

Each returns what became of it. Whoever is in work already gets the list added to the
open work, and is not asked anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select

from app.domain.cases import KINDS, Case
from app.domain.events import noted
from app.domain.residents import Resident
from app.domain.shops import Shop
from app.exchange.lists.cases import (
    arrival_fields,
    moment_in,
    not_ahead,
    push_fields,
    told_before,
)
from app.exchange.lists.reasons import meant, only_one_meant, remainder
from app.exchange.lists.row import Row
from app.exchange.values.results import outcome_of
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say, say

JOINED = N_("已有在管档案，这份名单记在原档案里。")
NONE_LEFT = N_("按现行规则，不再登记%(kind)s。")
NO_REASON = N_("名单里看不出原因或类别，请选一个。")
BY_REMAINDER = N_("名单没有写清类别，先按“%(reason)s”建档，核实时请改正。")
IS_GREEN = N_("名单里写着已是绿码，不用建档。")
NOT_YELLOW = N_("名单里写的是“%(code)s”，不是黄码，请看一看。")
NOTHING_TO_DO = N_("没有在管档案，已采样或结果阴性，不用处理。")
NO_RESULT = N_("名单里看不出检测结果。")
TOLD_BEFORE = N_("这次结果已经登记过。")
SHOPS = {"added": N_("新增门店。"), "updated": N_("已更新门店信息。"), "known": N_("没有变化。")}
GREEN = ("绿", "green", "GREEN")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a row: its state, why, and what it began or joined."""

    state: str
    reason: Say | None = None
    record_id: UUID | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """The record that begins a case, and what is to be said of it."""

    kind: str
    fields: dict[str, Any]
    why: Say | None


class Work(Protocol):
    """What a deed needs to know (working.Work)."""

    list: Any
    kind: str
    community: Any
    by: Any
    at: Any
    really: bool
    listing: Any
    cases: Any
    grids: Mapping[int, Any]
    news: list[dict[str, Any]]

    def reasons(self) -> Mapping[str, Any]: ...
    def open(self, row: Row, resident: Resident, beginning: Any) -> None: ...
    def is_told(self, what: tuple[Any, ...]) -> bool: ...
    def is_begun(self, row: Row, resident: Resident | None) -> bool: ...
    def newcomer(self, row: Row, told: dict[str, Any]) -> Resident: ...
    def ask_about(self, row: Row, told: dict[str, Any], resident: Resident | None) -> None: ...


def returnee(work: Work, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    if case := work.cases.of(who.id if who else None, "returnee"):
        return _join(work, row, case)
    words = (told.get("label"), told.get("risk"), told.get("measure"))
    reason, why = _reason(work, told, words)
    if not reason:
        return Done("doubtful", say(NO_REASON))
    return _open(
        work, row, told, who, Opening("arrival", arrival_fields(told, reason, work.at), why)
    )


def yellow(work: Work, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    code = told.get("code", "")
    if any(word in code for word in GREEN):
        return Done("known", say(IS_GREEN))
    if code and "黄" not in code and "yellow" not in code.lower():
        return Done("doubtful", say(NOT_YELLOW, code=code))
    if case := work.cases.of(who.id if who else None, "yellow"):
        return _join(work, row, case)
    reason, why = _reason(work, told, (told.get("reason"), told.get("source")))
    if not reason:
        return Done("doubtful", say(NO_REASON))
    return _open(work, row, told, who, Opening("code_push", push_fields(told, reason), why))


def elder(work: Work, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    if case := work.cases.of(who.id if who else None, "elder"):
        return _join(work, row, case)
    alone = "独居" if told.get("lone", "") in ("是", "Y", "1", "√", "独居", "独居老人") else ""
    reason, why = _reason(work, told, (told.get("category"), alone, told.get("relation")))
    if not reason:
        return Done("doubtful", say(NO_REASON))
    high = "y" if told.get("high_risk", "") in ("是", "Y", "1", "√", "高", "高风险") else "n"
    fields = {"reason": reason, "high_risk": high, "note": told.get("note", "")}
    return _open(work, row, told, who, Opening("elder_roll", fields, why))


def test(work: Work, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    outcome = outcome_of(told)
    if not outcome:
        return Done("doubtful", say(NO_RESULT))
    case = work.cases.of(who.id if who else None, "yellow", "returnee")
    if case is None:
        return _test_of_others(work, row, told, who, outcome)
    at = not_ahead(moment_in(told.get("sampled", "")), work.at)
    day = clock.local_day(at or work.at)
    if told_before(case, outcome, day) or work.is_told((case.id, outcome, day)):
        return Done("known", say(TOLD_BEFORE), case_id=case.id)
    fields = {"outcome": outcome, "note": told.get("note", "")}
    if at and outcome != "missed":
        fields["sampled_at"] = f"{clock.local(at):%Y-%m-%dT%H:%M}"
    if not work.really:
        return Done("work", case_id=case.id)
    with session.begin_nested():
        kept = work.listing.keep("test", who, fields, case=case, happened_at=at)
    return Done("work", record_id=kept.id, case_id=case.id)


def _test_of_others(
    work: Work, row: Row, told: dict[str, Any], who: Resident | None, outcome: str
) -> Done:
    """Whoever is under no measure: only what must be looked into becomes work."""
    if outcome in ("negative", "sampled"):
        return Done("known", say(NOTHING_TO_DO))
    if not row.grid_id:
        return Done("unplaced", say(N_("没有参加或结果异常，但不知道住在哪个网格。")))
    return check(work, row, told, who)


def check(work: Work, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    """The state is told by the check that is opened or joined."""
    work.ask_about(row, told, who)
    return Done("work" if not work.really else row.state or "work")


def shop(work: Work, row: Row, told: dict[str, Any], _who: Resident | None) -> Done:
    said = {
        "name": told["shop"][:60],
        "trade": told.get("trade", "")[:40],
        "address": told.get("address", "")[:120],
        "credit": told.get("credit", "").upper().replace(" ", "")[:18],
        "keeper": told.get("name", ""),
        "phone": told.get("phone", ""),
    }
    known = _shop(work, said)
    if not work.really:
        state = "updated" if known and known.news(said) else "known"
        return _told_of(state if known or work.is_told(("shop", *said.values())) else "added")
    if known is None:
        known = Shop(community_id=work.community.id, grid_id=row.grid_id, created_at=work.at,
                     name=said["name"], trade="", address="", credit="")  # fmt: skip
        known.tell(said, at=work.at)
        known.changed_at = work.at
        with session.begin_nested():
            session.add(known)
        row.understood = told | {"shop_id": known.id, "added": True}
        return _told_of("added")
    changed = known.tell(said, at=work.at)
    row.understood = told | {"shop_id": known.id} | ({"changed": changed} if changed else {})
    return _told_of("updated" if changed else "known")


def _told_of(state: str) -> Done:
    return Done(state, say(SHOPS[state]))


def _shop(work: Work, said: Mapping[str, str]) -> Shop | None:
    wanted = select(Shop).where(Shop.community_id == work.community.id)
    if said["credit"]:
        found = session.scalar(wanted.where(Shop.credit == said["credit"]))
        if found:
            return found
        wanted = wanted.where(Shop.credit == "")
    same = wanted.where(Shop.name == said["name"], Shop.address == said["address"])
    return session.scalar(same.limit(1))


DEEDS: Mapping[str, Callable[[Any, Row, dict[str, Any], Resident | None], Done]] = {
    "returnee": returnee,
    "yellow": yellow,
    "elder": elder,
    "test": test,
    "check": check,
    "shop": shop,
}


def sentence(refused: Refused | Held) -> Say:
    """Why a row is refused, in the words of the field that is wrong."""
    fields = getattr(refused, "fields", {})
    first = next((errors[0] for errors in fields.values() if errors), None)
    if first is None:
        return refused.why
    return first if isinstance(first, Say) else say(first)


def _reason(
    work: Work, told: Mapping[str, Any], words: tuple[str | None, ...]
) -> tuple[str, Say | None]:
    """The key of the reason, and a remark where it is only what is left."""
    reasons = work.reasons()
    if not reasons:
        raise Refused(say(NONE_LEFT, kind=say(KINDS[work.kind])))
    if told.get("chosen") in reasons:
        return told["chosen"], None
    own = meant(work.kind, [word or "" for word in words], reasons)
    if own:
        return own, None
    if told.get("usual") in reasons:
        return told["usual"], None
    named = only_one_meant(told.get("about", ""), reasons) if work.kind == "elder" else ""
    if named:
        return named, None
    left = remainder(work.kind, told, work.community.code[:2], reasons)
    return left, say(BY_REMAINDER, reason=reasons[left].words) if left else None


def _open(
    work: Work, row: Row, told: dict[str, Any], who: Resident | None, opening: Opening
) -> Done:
    """Keep the record that opens a case; somebody new is put on the roll first."""
    if work.is_begun(row, who):
        return Done("joined", say(JOINED))
    resident = who or work.newcomer(row, told)
    work.open(row, resident, work.listing.beginning(opening.kind, resident, opening.fields))
    return Done("work", opening.why)


def _join(work: Work, row: Row, case: Case) -> Done:
    if work.really:
        data = {"list": work.list.id, "kind": work.kind}
        work.news.append(noted("case_named_again", by=work.by, at=work.at, about=case, data=data))
    return Done("joined", say(JOINED), case_id=case.id)
