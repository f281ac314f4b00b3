"""Which record an entry corrects: her own, or any of a director's."""

from typing import Any
from uuid import UUID

from app.domain.records import Record
from app.intake.hers import leave_to_director
from app.intake.kind import Kind
from app.intake.lookup import LEFT, awaited
from app.intake.sight import Sight
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.lib.words import say

OTHERS = say("只能更正自己登记的内容；别人的请告诉社区负责人。")


def superseded(wanted: Any, kind: Kind, sight: Sight, *, via: str) -> Record | None:
    """The record that is corrected (`wanted` is an entry's `supersedes`); None where none is.

    Refused where she may not correct it, Held where she could before she left its
    community, or where that record still waits to be decided itself.
    """
    if not wanted:
        return None
    awaited(wanted, by=sight.by)
    record_id = read_id(wanted)
    found = _found(record_id, sight) if record_id else None
    if found is None:
        raise Refused(OTHERS)
    if found.kind != kind.key or not kind.correctable:
        raise Refused(say("这条登记不能这样更正；有错请撤销后重新登记。"))
    if not sight.decided_in and sight.by.role != "director" and found.by_id != sight.by.id:
        leave_to_director(OTHERS, via)
    return found


def _found(record_id: UUID, sight: Sight) -> Record | None:
    """The record in her sight, or in the community whose director has decided."""
    found = sight.find("record", record_id, sight.today)
    if found is not None:
        return found
    row = session.get(Record, record_id)
    if sight.decided_in:
        return row if row and row.community_id == sight.decided_in.id else None
    if row is not None and row.by_id == sight.by.id:
        raise Held(say(LEFT), row.community_id)
    return None
