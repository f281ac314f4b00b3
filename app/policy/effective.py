"""Which records count: each once, without what was corrected or taken back.

The answer depends on the set of records alone, never on the order they came in.
"""

from collections.abc import Iterable

from app.policy.facts import RecordFact

WITHDRAWAL = "withdrawal"


def effective(records: Iterable[RecordFact]) -> tuple[RecordFact, ...]:
    """The records that count, in the order things happened.

    A withdrawal takes its record out, unless it was itself withdrawn. Of several
    corrections of one record the one received last stands.
    """
    known = _once(records)
    taken_out = _taken_out(known)
    left = [r for r in known if r.kind != WITHDRAWAL and r.id not in taken_out]
    outdone = _outdone(left)
    return tuple(sorted((r for r in left if r.id not in outdone), key=in_time))


def in_time(record: RecordFact) -> tuple:
    """Sorts by when it happened, with ties broken the same way always."""
    return record.at, record.received_at, record.id


def _once(records: Iterable[RecordFact]) -> tuple[RecordFact, ...]:
    """Each id once: a resend is the first receipt of the same record."""
    first: dict[str, RecordFact] = {}
    for record in sorted(records, key=lambda r: (r.received_at, r.at)):
        first.setdefault(record.id, record)
    return tuple(first.values())


def _taken_out(known: tuple[RecordFact, ...]) -> set[str]:
    withdrawals = {r.id: r for r in known if r.kind == WITHDRAWAL}
    void = {id for id in withdrawals if _is_void(id, withdrawals)}
    return {r.supersedes for r in known if r.supersedes and r.id not in void}


def _is_void(id: str, withdrawals: dict[str, RecordFact], seen: frozenset[str] = frozenset()):
    """Whether a withdrawal was itself withdrawn by one that holds."""
    above = (r.id for r in withdrawals.values() if r.supersedes == id and r.id not in seen)
    return any(not _is_void(other, withdrawals, seen | {id}) for other in above)


def _outdone(left: list[RecordFact]) -> set[str]:
    corrections = sorted((r for r in left if r.supersedes), key=lambda r: (r.received_at, r.id))
    last = {correction.supersedes: correction.id for correction in corrections}
    return {correction.id for correction in corrections} - set(last.values())
