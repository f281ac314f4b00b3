"""What was written down last in a case: checked by whom and when, how somebody is, tested."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select

from app.domain.people import User
from app.domain.records import Record, standing
from app.exchange.fill.days import local
from app.intake import KINDS as RECORD_KINDS
from app.lib.db import session
from app.policy.rulebook import RULES

CHECKS = ("code_check", "arrival_check", "visit")
HEALTH = ("visit", "monitor")
# Who was not met is neither well nor unwell, and not verified.
NOT_MET = ("not_seen", "unreachable")
# A test that was read; one that was only taken has no result yet.
READ = ("negative", "positive")


@dataclass(frozen=True, slots=True)
class Said:
    """One standing record of a case, as far as forms tell of it."""

    kind: str
    outcome: str
    at: datetime
    by: str

    @property
    def words(self) -> str | None:
        return outcomes_of(self.kind).get(self.outcome)


def last_said(case_ids: Iterable[int]) -> dict[int, list[Said]]:
    """The checks, visits, temperatures and tests of each case, the latest first."""
    found: dict[int, list[Said]] = {}
    rows = select(Record.case_id, Record.kind, Record.outcome, Record.at, User.name)
    rows = rows.join(User, User.id == Record.by_id).where(standing())
    rows = rows.where(Record.case_id.in_(list(case_ids)))
    rows = rows.where(Record.kind.in_({*CHECKS, *HEALTH, "test"})).order_by(Record.at.desc())
    for case_id, *said in session.execute(rows):
        found.setdefault(case_id, []).append(Said(*said))
    return found


def facts_of_said(said: list[Said]) -> dict[str, Any]:
    """By the keys of known.py."""
    check = _last(said, CHECKS)
    health = _last((one for one in said if one.outcome not in NOT_MET), HEALTH)
    test = _last(said, ("test",))
    result = next((one for one in said if one.kind == "test" and one.outcome in READ), None)
    return {
        "checked": check is not None and check.outcome not in NOT_MET,
        "check_result": check and check.words,
        "check_at": local(check.at) if check else None,
        "check_by": check and check.by,
        "health": health and health.words,
        "sampled": local(test.at) if test else None,
        "test_result": result and result.words,
    }


@cache
def outcomes_of(key: str) -> dict[str, str]:
    """The outcomes that the form of a record kind offers, or the rules have for it."""
    if key == "check_result":
        return {rule.key: rule.words for rule in RULES.entries if rule.kind == "answer"}
    form = RECORD_KINDS[key].form() if key in RECORD_KINDS else ()
    return dict(form["outcome"].choices or ()) if "outcome" in form else {}


def _last(said: Iterable[Said], kinds: Iterable[str]) -> Said | None:
    return next((one for one in said if one.kind in kinds), None)
