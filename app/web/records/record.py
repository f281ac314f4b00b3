"""One record: what was written, by whom and when, its corrections, and what was said of it."""

from typing import Any
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from app.domain.records import Record
from app.domain.reviews import review_of
from app.intake import KINDS
from app.intake.kind import Subject
from app.policy.permissions import Permission as P
from app.reports.timeline import history_of, with_people
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my
from app.web.photo_album import record_thumbs
from app.web.records import records
from app.web.records.retelling import kind_words, outcome_words, retold, subject_of


@records.get("/records/<uuid:record_id>")
@allows(P.RECORD)
def record(record_id: UUID) -> ResponseReturnValue:
    found = my().find(with_people(my().records), record_id) or abort(404)
    if same := unchanged():
        return same
    shown = record_shown(found, history_of(found), subject_of(found))
    shown |= {"review": review_of(found), "photos": record_thumbs(found.id)}
    return page("records/record.html", **shown)


def record_shown(found: Record, versions: list[Record], subject: Subject | None) -> dict[str, Any]:
    """A record among its versions, told again, with what its reader may do about it."""
    told = {row.id: retold(row, subject) for row in versions}
    replaced = any(row.supersedes == found.id for row in versions)
    stands = not replaced and found.kind != "withdrawal"
    return {
        "record": found,
        "told": told[found.id],
        "versions": [(row, told[row.id]) for row in versions],
        "stands": stands,
        "kind_words": kind_words,
        "outcome_words": outcome_words,
        **(_doable(found) if stands and is_hers(found) else {}),
    }


def is_hers(row: Record) -> bool:
    """Whether she may change it: her own, or any for a director."""
    return row.by_id == me().id or me().role == "director"


def _doable(row: Record) -> dict[str, bool]:
    kind = KINDS.get(row.kind)
    return {
        "may_correct": bool(kind and kind.correctable),
        "may_withdraw": bool(kind and kind.undoable),
    }
