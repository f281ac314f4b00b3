"""Elders who live alone, or alone with a partner: on the roll, visited, helped.

The roll is a case of kind ``elder``; its reason is the class (独居, 空巢 …). How
often somebody comes is the rules' word, by class, age and situation.
"""

from dataclasses import replace
from datetime import datetime

from app.domain.cases import Case, Papers, open_case
from app.domain.people import User
from app.domain.recording import Deed, record
from app.domain.records import Record
from app.domain.residents import Resident


def put_on_roll(
    resident: Resident, papers: Papers, deed: Deed, *, high_risk: bool, by: User, at: datetime
) -> Case:
    """Begin to look after an elder, and plan the first visit."""
    told = deed.fields | {"anchor_at": deed.at, "high_risk": high_risk}
    case = open_case("elder", resident, papers, by=by, at=at, **told)
    record(replace(deed, case=case), by=by, at=at)
    return case


def correct_roll(deed: Deed, papers: Papers, *, high_risk: bool, by: User, at: datetime) -> Record:
    """She was put on the roll under the wrong class or risk: the visits are planned again."""
    deed.case.restate(papers, **deed.fields | {"anchor_at": deed.at, "high_risk": high_risk})
    return record(deed, by=by, at=at)
