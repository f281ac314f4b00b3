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

LONE = "lone"


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
        "lone": case.reason == LONE if case.kind == "elder" else None,
    }
    return facts | _journey(case, full=full) if case.kind == "returnee" else facts


def _measure(case: Case) -> str | None:
    try:
        return RULES.by_id(case.rule).measure.rstrip("。") or None
    except NoRule:
        return None


def _journey(case: Case, *, full: bool) -> dict[str, Any]:
    told = case.told
    trip = told.get("trip_number")
    return {
        "arrived": local(case.anchor_at),
        "label": ARRIVAL_LABELS.get(case.label),
        "came_from": gb2260.name_of(str(told.get("origin", ""))),
        "left_on": day_in(told.get("left_on")),
        "transport": dict(TRANSPORT).get(told.get("transport")),
        "trip": trip if full or not trip else HIDDEN,
        "companions": told.get("companions"),
    }
