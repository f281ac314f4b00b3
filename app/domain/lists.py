"""Receiving a list that others sent, and taking it back as far as nobody has worked on it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.domain.cases import Case
from app.domain.checks import Check, rules_at
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import KINDS, STATES, ListRow, PushedList
from app.domain.recording import OPENING, withdraw
from app.domain.records import Record, standing
from app.lib.crypto import keyring
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.policy.checks import Clock, clock_of

__all__ = [
    "KINDS",
    "STATES",
    "ListRow",
    "PushedList",
    "Undone",
    "clock_of_list",
    "note_undone",
    "receive",
    "same_file",
    "take_back",
    "why_stays",
    "with_work",
]

# Why a row of a list that is taken back stays.
TRIED = N_("已经有人打过电话或上过门")
ANSWERED = N_("已经核完")
GOES_ON = N_("档案里已有别的登记")


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a list that was taken back: how many rows went, which stay and why."""

    taken_back: int
    stays: list[tuple[ListRow, Say]]

    @property
    def why(self) -> dict[str, int]:
        """How many rows stay for each reason."""
        return dict(Counter(str(why) for _row, why in self.stays))


def receive(  # noqa: PLR0913
    kind: str,
    community: Area,
    *,
    name: str,
    sender: str,
    question: str,
    file: bytes | None,
    deadline_at: datetime | None,
    by: User,
    at: datetime,
) -> PushedList:
    """Keep a list; by when it is due is worked out here, and does not change any more."""
    if kind not in KINDS:
        raise Refused(say("没有这一类名单。"))
    clock = clock_of(at, deadline_at, sender, rules_at(community, at))
    received = PushedList(
        community_id=community.id,
        community=community,
        kind=kind,
        sender=sender,
        received_at=at,
        deadline_at=deadline_at,
        due_at=clock.due_at,
        rule=clock.rule,
        by_id=by.id,
    )
    received.name, received.question, received.file = name, question, file
    received.file_index = _fingerprint(kind, file) if file else None
    session.add(received)
    session.flush()
    data = {"list": received.id, "kind": kind, "sender": sender}
    happened("list_received", by=by, at=at, community_id=community.id, data=data)
    return received


def same_file(kind: str, community: Area, file: bytes) -> PushedList | None:
    """The list that was received as this very file before, and not taken back."""
    wanted = select(PushedList).where(PushedList.community_id == community.id)
    wanted = wanted.where(PushedList.file_index == _fingerprint(kind, file))
    wanted = wanted.where(PushedList.undone_at.is_(None))
    return session.scalar(wanted.order_by(PushedList.id.desc()).limit(1))


def clock_of_list(list_: PushedList) -> Clock:
    """How the deadline of a list came about, level by level."""
    place = rules_at(list_.community, list_.received_at)
    return clock_of(list_.received_at, list_.deadline_at, list_.sender, place)


def with_work(rows: Select[tuple[ListRow]]) -> Select[tuple[ListRow]]:
    """Rows with all that `why_stays` looks at."""
    return rows.options(
        joinedload(ListRow.check).options(selectinload(Check.rows), selectinload(Check.tasks))
    )


def why_stays(row: ListRow) -> Say | None:
    """Why a row cannot be taken back, because somebody has worked on what it opened."""
    if row.check is not None:
        return _why_check_stays(row)
    record = _record_of(row)
    case = session.get(Case, record.case_id) if record and record.case_id else None
    if record and case and record.kind in OPENING and _goes_on(case, record):
        return say(GOES_ON)
    return None


def take_back(row: ListRow, *, by: User, at: datetime) -> None:
    """The check goes with the last list that asks for it; the record with the case it opened."""
    check, record = row.check, _record_of(row)
    if check is not None and check.state == "open" and not _others(row):
        check.withdraw(by=by, at=at)
    if check is None and record is not None:
        withdraw(record, id=new_id(), by=by, at=at)
    row.state = "undone"


def note_undone(list_: PushedList, undone: Undone, *, by: User, at: datetime) -> None:
    """Rows of a list were taken back; the list is gone once none of its rows is left."""
    left = select(ListRow.id).where(ListRow.list_id == list_.id, ListRow.state != "undone")
    if session.scalar(left.limit(1)) is None:
        list_.undone_at = at
    data = {"list": list_.id, "rows": undone.taken_back, "stay": len(undone.stays)}
    happened("list_undone", by=by, at=at, community_id=list_.community_id, data=data)


def _why_check_stays(row: ListRow) -> Say | None:
    if _others(row) and row.state == "known":
        return None
    if row.check.state == "done":
        return say(ANSWERED)
    return say(TRIED) if row.check.tries else None


def _others(row: ListRow) -> list[ListRow]:
    return [one for one in row.check.rows if one is not row and one.state != "undone"]


def _record_of(row: ListRow) -> Record | None:
    """The record that the row was kept as, as long as it stands."""
    record = session.get(Record, row.record_id) if row.record_id else None
    return record if record is not None and _stands(record) else None


def _stands(record: Record) -> bool:
    return session.scalar(select(Record.id).where(Record.id == record.id, standing())) is not None


def _goes_on(case: Case, but: Record) -> bool:
    """Whether a record of the case stands beside the one that opened it."""
    later = aliased(Record)
    replaced = exists(select(later.id).where(later.supersedes == Record.id))
    others = select(Record.id).where(Record.case_id == case.id, Record.id != but.id, ~replaced)
    return session.scalar(others.where(Record.kind != "withdrawal").limit(1)) is not None


def _fingerprint(kind: str, file: bytes) -> str:
    return keyring().index(f"{kind}:{hashlib.sha256(file).hexdigest()}", "pushed_lists.file")
