"""Yellow codes: pushed or reported → verified → tests → ready → applied → green or returned.

The community never colours anybody. A case begins with a push from above or a
report that the director confirms; it ends when the city has decoded it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.cases import Case, Papers, open_case
from app.domain.people import User
from app.domain.recording import Deed, record
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib.ids import new_id
from app.lib.refusal import Refused
from app.lib.words import say

# Stages in which the city may be asked: conditions met, or asked once and sent back.
READY = ("ready", "returned")


def open_yellow(
    resident: Resident, papers: Papers, deed: Deed, *, source: str, by: User, at: datetime
) -> Case:
    """Take over a push: open the case with its papers and plan the first verification."""
    told = deed.fields | {"anchor_at": deed.at, "source": source}
    case = open_case("yellow", resident, papers, by=by, at=at, **told)
    record(replace(deed, case=case), by=by, at=at)
    return case


def correct_push(deed: Deed, papers: Papers, *, source: str, by: User, at: datetime) -> Record:
    """The push was told wrongly: its case takes the right papers and is planned again."""
    deed.case.restate(papers, **deed.fields | {"anchor_at": deed.at, "source": source})
    return record(deed, by=by, at=at)


def apply_for_decoding(cases: Iterable[Case], *, by: User, at: datetime) -> list[Record]:
    """Apply for all of `cases` or, where one is not ready, for none: Refused names the first."""
    chosen = list(cases)
    for case in chosen:
        if case.stage not in READY:
            raise Refused(
                say("%(name)s 还不符合解码条件，请先去掉。", name=case.resident.masked_name)
            )
    batch = f"{at:%Y%m%d%H%M%S}"
    return [_application(case, batch, by=by, at=at) for case in chosen]


def _application(case: Case, batch: str, *, by: User, at: datetime) -> Record:
    deed = Deed(
        id=new_id(),
        kind="decode_application",
        at=at,
        outcome="applied",
        fields={"batch": batch},
        resident=case.resident,
        case=case,
    )
    return record(deed, by=by, at=at)
