"""What a row of the community's own roll becomes: somebody new, somebody changed, or nothing.

An elder whose class the row names is put on the roll of elders, too.
"""

from datetime import date
from typing import Any, Protocol

from app.domain.residents import Resident
from app.exchange.lists.deeds import Done, Work
from app.exchange.lists.row import Row
from app.exchange.roll.changes import KEPT_HOME
from app.exchange.roll.elders import class_for
from app.exchange.roll.writing import OnRoll, Written
from app.intake.reasons import reasons_at
from app.lib import clock
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say, say

WITH_CLASS = N_("列入关爱名册。")


class RollWork(Work, Protocol):
    """What this deed needs beside: the doors."""

    on_roll: OnRoll


def resident(work: RollWork, row: Row, told: dict[str, Any], who: Resident | None) -> Done:
    grid = work.grids.get(row.grid_id or 0)
    if work.really:
        written = work.on_roll.write(row, told, who, grid)
    else:
        written = work.on_roll.look_at(told, who, grid)
    why = _look_after(work, row, told, written) if _may_be_new_elder(written) else None
    _keep(row, written)
    return Done(written.state, why)


def _may_be_new_elder(written: Written) -> bool:
    return written.state == "added" or bool(written.changed.keys() & {"category", "left_on"})


def _look_after(work: RollWork, row: Row, told: dict[str, Any], written: Written) -> Say | None:
    """Begin the visits of an elder; what is to be said then."""
    who = written.resident
    if not told.get("category"):
        return None
    born = told.get("born") or (who.born.isoformat() if who and who.born else None)
    day = clock.local_day(work.at)
    reasons = {one.key: one for one in reasons_at("elder", work.community, day)}
    case = work.cases.of(who.id, "elder") if who and who.id else None
    birth = date.fromisoformat(born) if born else None
    reason, why_not = class_for(told.get("category", ""), birth, case, reasons, day=day)
    written.remarks += [why_not] if why_not else []
    if not reason:
        return None
    try:
        if work.really:
            fields = {"reason": reason, "high_risk": "n"}
            work.open(row, who, work.listing.beginning("elder_roll", who, fields))
    except (Refused, Held) as refused:
        written.remarks.append(refused.why)
        return None
    return say(WITH_CLASS)


def _keep(row: Row, written: Written) -> None:
    """With the row: what was and is of her, whether she is new, what is to be told of it."""
    told = row.understood
    before = told.get("remarks", [])
    if any(one.text == KEPT_HOME for one in written.remarks):
        before = []  # that her address cannot be read is said by this, too
    remarks = before + [one.as_json() for one in written.remarks]
    more = {"changed": written.changed} if written.changed else {}
    more |= {"added": True} if written.state == "added" else {}
    more |= {"remarks": remarks} if remarks else {}
    row.understood = {key: one for key, one in told.items() if key != "remarks"} | more
    if written.resident:
        row.resident = written.resident
