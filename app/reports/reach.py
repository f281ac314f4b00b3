"""Whether each of a community's staff can be reached: her phones, and the last trial."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.domain import subscriptions
from app.domain.arrivals import how_far
from app.domain.messages import Message
from app.domain.people import User, staff_of
from app.domain.places import Area
from app.domain.sign_in import Device
from app.domain.subscriptions import ABLE
from app.lib.db import session

TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Reach:
    """One person. `answers`: what her phones said when they were asked for pushes."""

    person: User
    phones: int
    answers: tuple[str, ...]
    trial: Message | None

    @property
    def fate(self) -> str:
        """How far the last trial got, in words."""
        return how_far(self.trial) if self.trial else ""


def reach_in(community: Area, *, at: datetime) -> list[Reach]:
    """Those first whom no push reaches."""
    people = staff_of(community)
    ids = [person.id for person in people]
    phones = defaultdict(int)
    for one in subscriptions.reaching(ids, at=at):
        phones[one.user_id] += 1
    answers, trials = _answers(ids), _trials(ids)
    found = [
        Reach(one, phones[one.id], tuple(answers[one.id]), trials.get(one.id)) for one in people
    ]
    return sorted(found, key=lambda one: one.phones > 0)


def _answers(ids: Iterable[int]) -> dict[int, list[str]]:
    """Why a phone gets none, in words; a phone that was never asked says nothing."""
    rows = select(Device.user_id, Device.push).where(Device.user_id.in_(ids))
    rows = rows.where(Device.revoked_at.is_(None), Device.push.in_([*ABLE])).distinct()
    said = defaultdict(list)
    for user_id, answer in session.execute(rows):
        if answer != "on":
            said[user_id].append(ABLE[answer])
    return said


def _trials(ids: Iterable[int]) -> dict[int, Message]:
    last = select(func.max(Message.id)).where(Message.kind == TRIAL, Message.person_id.in_(ids))
    wanted = select(Message).where(Message.id.in_(last.group_by(Message.person_id)))
    rows = session.scalars(wanted.options(selectinload(Message.deliveries)))
    return {one.person_id: one for one in rows}
