"""Receiving a list that others sent, and taking it back as far as nobody has worked on it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
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
    "receive",
    "same_file",
    "undo",
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


def undo(list_: PushedList, *, by: User, at: datetime) -> Undone:
    """Take a list back, row by row, as far as nobody has worked on it; say what stays."""
    rows = select(ListRow).where(ListRow.list_id == list_.id, ListRow.state != "undone")
    rows = rows.options(
        joinedload(ListRow.check).options(selectinload(Check.rows), selectinload(Check.tasks))
    )
    found = list(session.scalars(rows.order_by(ListRow.id)))
    stays = [(row, why) for row in found if (why := _take_back(row, by=by, at=at))]
    if not stays:
        list_.undone_at = at
    data = {"list": list_.id, "rows": len(found) - len(stays), "stay": len(stays)}
    happened("list_undone", by=by, at=at, community_id=list_.community_id, data=data)
    return Undone(len(found) - len(stays), stays)


def _take_back(row: ListRow, *, by: User, at: datetime) -> Say | None:
    """Take one row back; why it stays where it cannot."""
    if row.check is not None:
        why = _leave_check(row, by=by, at=at)
    elif row.state == "work" and row.record_id:
        why = _take_record_back(row, by=by, at=at)
    else:
        why = None
    if why is None:
        row.state = "undone"
    return why


def _leave_check(row: ListRow, *, by: User, at: datetime) -> Say | None:
    """The check goes with the last list that asks for it, unless it was worked on."""
    check = row.check
    others = [one for one in check.rows if one is not row and one.state != "undone"]
    if others and row.state == "known":
        return None
    if check.state == "done":
        return say(ANSWERED)
    if check.tries:
        return say(TRIED)
    if not others and check.state == "open":
        check.withdraw(by=by, at=at)
    return None


def _take_record_back(row: ListRow, *, by: User, at: datetime) -> Say | None:
    """The record goes, and with it the case it opened, unless others have followed in it."""
    record = session.get(Record, row.record_id)
    if not _stands(record):
        return None
    case = session.get(Case, record.case_id) if record.case_id else None
    if case is not None and record.kind in OPENING and _goes_on(case, record):
        return say(GOES_ON)
    withdraw(record, id=new_id(), by=by, at=at)
    return None


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
