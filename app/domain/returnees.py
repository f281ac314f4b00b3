"""Returnees: reported → arrived → verified → monitored → released.

The label (red, yellow, blue, green) comes from where they were, by the edition
in force; the plan that follows is the label's.
"""

from dataclasses import replace
from datetime import datetime

from app.domain.cases import Papers, open_case, open_case_of
from app.domain.people import User
from app.domain.recording import Deed, record
from app.domain.records import Record
from app.domain.residents import Resident


def open_return(
    resident: Resident, papers: Papers, deed: Deed, *, arrived_at: datetime, by: User, at: datetime
) -> Record:
    """Log a return, announced or arrived: open the case, or go on with the one there is.

    Somebody who was announced may come from elsewhere and at another time than was
    said; the papers are always those of the last word.
    """
    case = deed.case or open_case_of(resident.id, "returnee")
    told = {"anchor_at": arrived_at, **deed.fields}
    if case is None:
        case = open_case("returnee", resident, papers, by=by, at=at, **told)
    else:
        case.restate(papers, **told)
    case.came_from = str(deed.fields.get("origin", ""))[:2]
    return record(replace(deed, case=case), by=by, at=at)
