"""Lease, send, mark: how a message leaves the house at least once, and seldom twice.

1. `lease`: take post boxes with something due, for two minutes; settle what has lost its
   point; note the rest as under way, one parcel per person and way.
2. `send` (no transaction): hand the parcels over.
3. `mark`: write down what became of each, and let go of the boxes.

Thinking takes longer than writing: it is done while others may write (app/lib/changes.py), and
of what was decided that is written which still holds. Whoever dies between 1 and 3 leaves
parcels of which nobody knows whether they went out. When the lease has run out they go out
once more, and no oftener (docs/adr/0009). Two at work at once never have the same box; a late
word of a lease that ran out counts no more.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement, Update, or_, select, update

from app.domain.messages import Delivery, Message, PostBox
from app.lib import changes, clock
from app.lib.changes import Change, Run
from app.lib.db import session
from app.lib.ids import new_id
from app.notify.channels import Outcome
from app.notify.deciding import Decided, decide, due
from app.notify.marking import Mark, marks_of, ring
from app.notify.packing import Packed
from app.notify.ways import Address, Envelope, Ways

LEASE = timedelta(minutes=2)
BOXES_AT_ONCE = 50  # so many are written down in no time

log = logging.getLogger(__name__)
Became = Mapping[UUID, Sequence[tuple[Address, Outcome]]]


@dataclass(frozen=True, slots=True)
class Leased:
    """What one round carries; nothing where all of it waits, or others were faster."""

    lease: UUID
    packed: tuple[Packed, ...] = ()


def waiting(*, at: datetime) -> bool:
    """Whether the post room has anything to look at now."""
    return session.scalar(select(Message.id).where(due(at)).limit(1)) is not None


def lease(ways: Ways, run: Run) -> Leased | None:
    """Take boxes with something due, and pack what goes out of them now; None: nothing is due."""
    at, mine = clock.now(), new_id()
    people = run(partial(_with_post, at=at), reading=True)
    if not people:
        return None
    if not run(partial(_take, people, mine, at=at)):
        return Leased(mine)
    decided = run(partial(decide, mine, ways, at=at), reading=True)
    return decided and run(partial(_write_down, decided, mine, ways, at=at))


def send(ways: Ways, packed: Sequence[Packed]) -> Became:
    """Hand the parcels over, all of one way at once; what became of each, by batch."""
    by_way: dict[str, list[tuple[UUID, Envelope]]] = defaultdict(list)
    for one in packed:
        by_way[one.way] += [(one.id, envelope) for envelope in one.envelopes]
    became = defaultdict(list)
    for name, envelopes in by_way.items():
        outcomes = _carried(ways, name, [envelope for _batch, envelope in envelopes])
        for (batch, envelope), outcome in zip(envelopes, outcomes, strict=True):
            became[batch].append((envelope.address, outcome))
    return became


def mark(leased: Leased, became: Became, ways: Ways, run: Run) -> int:
    """Write down what became of a round's parcels; how many messages have gone out."""
    if not leased.packed:
        return 0
    at = clock.now()
    marks = run(partial(marks_of, leased.packed, became, leased.lease, at=at), reading=True)
    if marks is None:
        return 0
    return run(partial(_mark, leased, became, marks, ways, at=at)) or 0


def _with_post(*, at: datetime) -> list[int]:
    """Whose box has something due in it, and is free."""
    has_post = select(Message.id).where(Message.person_id == PostBox.person_id, due(at))
    wanted = select(PostBox.person_id).where(_is_free(at), has_post.exists())
    return list(session.scalars(wanted.order_by(PostBox.person_id).limit(BOXES_AT_ONCE)))


def _is_free(at: datetime) -> ColumnElement[bool]:
    """Nobody's, or its lease has run out; one that a wrong clock gave counts as none."""
    over = or_(PostBox.leased_until <= at, PostBox.leased_until > at + LEASE + clock.JUMP)
    return or_(PostBox.lease.is_(None), over)


def _take(people: Sequence[int], mine: UUID, *, at: datetime) -> int:
    """Take these boxes, as far as nobody was faster; how many."""
    taken = update(PostBox).where(PostBox.person_id.in_(people), _is_free(at))
    return _written(taken.values(lease=mine, leased_until=at + LEASE))


def _write_down(decided: Decided, mine: UUID, ways: Ways, *, at: datetime) -> Leased:
    """Write what was decided of what is still due; the rest is thought about anew."""
    still, packed, people = _still_due(decided, mine, at=at), [], set()
    todo = {message: decided.changes[message] for message in still}
    for ready in decided.ready:
        wait = 0
        if ready.messages <= still and not (wait := _wait(ready.packed, ways, at=at)):
            packed.append(ready.packed)
            people |= ready.people
            continue
        for message in ready.messages & still:
            todo[message] = [_put_off(message, todo[message][0], at, wait)]
    changes.write(change for found in todo.values() for change in found)
    _let_go(PostBox.lease == mine, PostBox.person_id.not_in(people))
    return Leased(mine, tuple(packed))


def _still_due(decided: Decided, mine: UUID, *, at: datetime) -> set[int]:
    """Which messages nobody has read or settled meanwhile, in boxes that are still ours."""
    boxes = select(PostBox.person_id).where(PostBox.lease == mine)
    wanted = select(Message.id).where(Message.id.in_(decided.changes), due(at))
    wanted = wanted.where(Message.person_id.in_(boxes))
    return set(session.scalars(wanted.with_for_update(skip_locked=True)))


def _wait(packed: Packed, ways: Ways, *, at: datetime) -> int:
    addresses = [envelope.address for envelope in packed.envelopes]
    return ways[packed.way].wait(addresses, at=at)


def _put_off(message_id: int, decided: Change | None, at: datetime, seconds: int) -> Change:
    """It is looked at when its way may be used again; what else was decided of it holds."""
    times = {"next_at": at + timedelta(seconds=seconds), "moved_at": at}
    return Change(Message, (decided.columns if decided else {"id": message_id}) | times)


def _carried(ways: Ways, name: str, envelopes: Sequence[Envelope]) -> list[Outcome]:
    """A way that fails as a whole has failed for this round only."""
    try:
        return ways[name].carry(envelopes)
    except Exception:
        log.exception("the way %s failed", name)
        return [Outcome("later")] * len(envelopes)


def _mark(leased: Leased, became: Became, marks: Iterable[Mark], ways: Ways, *, at) -> int:
    answers: dict[str, list[tuple[Address, Outcome]]] = defaultdict(list)
    for packed in leased.packed:
        answers[packed.way] += became[packed.id]
    for name, heard in answers.items():
        ways[name].hear(heard)
    ids = [packed.id for packed in leased.packed]
    ours = select(Delivery.id).where(Delivery.batch.in_(ids), Delivery.lease == leased.lease)
    still = set(session.scalars(ours.with_for_update()))
    held = [mark for mark in marks if mark.delivery in still]
    changes.write(change for mark in held for change in mark.changes)
    gone_out = [mark.person for mark in held if mark.went_out]
    ring(gone_out, leased.lease, at=at)
    _let_go(PostBox.lease == leased.lease)
    return len(gone_out)


def _let_go(*which: ColumnElement[bool]) -> None:
    _written(update(PostBox).where(*which).values(lease=None, leased_until=None))


def _written(what: Update) -> int:
    """How many rows it changed."""
    return session.execute(what, execution_options={"synchronize_session": False}).rowcount
