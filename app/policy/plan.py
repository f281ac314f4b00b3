"""The one question the rules answer: where does this case stand, and what is due when?

The answer depends on the facts and the set of records alone. Any order, a resend,
a correction or a record two days late need no code of their own: plan again.

The core promises, and tests/policy proves: the order of records never matters; a
record sent twice counts once; a correction equals never having made the mistake;
one more record, however late it arrives, never moves the due time of a step forward
to an earlier time; and every open case has something due, may be closed, or says
what it waits for.
"""

from collections.abc import Iterable
from datetime import datetime

from app.policy import care, codes, returnees
from app.policy.effective import effective
from app.policy.facts import CaseFacts, RecordFact
from app.policy.rulebook import Rulebook
from app.policy.steps import STAGES, TASKS, Done, Due, Plan

__all__ = ["STAGES", "TASKS", "Done", "Due", "Plan", "plan"]

_PLANS = {"yellow": codes.plan, "returnee": returnees.plan, "elder": care.plan}


def plan(facts: CaseFacts, records: Iterable[RecordFact], rules: Rulebook, now: datetime) -> Plan:
    """Where a case stands at `now`; raises NoRule where its reason has no rule."""
    return _PLANS[facts.kind](facts, effective(records), rules, now)
