"""What is known of an episode of care or control: why, since when, until when, from where."""

from typing import Any

from app.domain.cases import Case
from app.exchange.fill.days import day_in, local
from app.exchange.fill.known import HIDDEN
from app.intake.arrival import TRANSPORT
from app.lib import gb2260
from app.policy.labels import ARRIVAL_LABELS
from app.policy.rulebook import RULES, NoRule
from app.policy.steps import STAGES
from app.reports.badges import reason_words

# What forms call these elders; other classes go by the words of their rule.
CLASSES = {"lone": "独居", "empty_nest": "空巢"}


def facts_of_case(case: Case, *, full: bool) -> dict[str, Any]:
    """By the keys of known.py; the number of a car or train is hidden unless `full`."""
    turned = case.anchor_at if case.kind == "yellow" else case.opened_at
    facts = {
        "reason": reason_words(case),
        "measure": _measure(case),
        "stage": STAGES[case.kind].get(case.stage, case.stage),
        "opened": local(turned),
        "ends": case.ends_on,
        "ended": not case.is_open,
        "high_risk": case.high_risk,
        "source": case.source if not case.source.isascii() else None,
        "ended_at": local(case.closed_at),
    }
    return facts | _OF_KIND[case.kind](case, full)


def _measure(case: Case) -> str | None:
    try:
        return RULES.by_id(case.rule).measure.rstrip("。") or None
    except NoRule:
        return None


def _elder(case: Case, _full: bool) -> dict[str, Any]:
    return {
        "lone": case.reason == "lone",
        "empty_nest": case.reason == "empty_nest",
        "alone": case.reason in CLASSES,
        "elder_class": CLASSES.get(case.reason),
        "elder_kind": CLASSES.get(case.reason) or reason_words(case),
    }


def _yellow(case: Case, _full: bool) -> dict[str, Any]:
    """The colour of today, as far as it is known: of a case that ended otherwise it is not."""
    turned_green = case.outcome == "green"
    open_now = "红码" if case.stage == "positive" else "黄码"
    return {"code": open_now if case.is_open else "绿码" if turned_green else None}


def _journey(case: Case, full: bool) -> dict[str, Any]:
    told = case.told
    trip, transport = told.get("trip_number"), dict(TRANSPORT).get(told.get("transport"))
    return {
        "arrived": local(case.anchor_at),
        "label": ARRIVAL_LABELS.get(case.label),
        "came_from": gb2260.name_of(str(told.get("origin", ""))),
        "left_on": day_in(told.get("left_on")),
        "transport": transport,
        "trip": trip if full or not trip else HIDDEN,
        "transport_trip": _joined(transport, trip if full else ""),
        "companions": told.get("companions"),
    }


def _joined(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None


_OF_KIND = {"elder": _elder, "yellow": _yellow, "returnee": _journey}
