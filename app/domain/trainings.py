"""Who has gone through which training card (app/policy/trainings), and who has not yet."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.events import happened
from app.domain.people import User, staff_of
from app.domain.places import Area
from app.domain.regime import edition_at
from app.lib.db import db, session
from app.policy.trainings import TRAININGS, Training, trainings_for


class TrainingReading(db.Model):
    """That somebody has gone through a training."""

    __tablename__ = "training_readings"
    __table_args__ = (UniqueConstraint("user_id", "training"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    training: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


def read_training(key: str, *, by: User, at: datetime) -> Training:
    """She has gone through it; KeyError where there is none. The first time counts."""
    training = TRAININGS[key]
    mine = TrainingReading.user_id == by.id, TrainingReading.training == key
    if session.scalar(select(TrainingReading.id).where(*mine)) is None:
        session.add(TrainingReading(user_id=by.id, training=key, at=at))
        community_id = by.community.id if by.community else None
        happened("training_read", by=by, at=at, community_id=community_id, data={"training": key})
    return training


def shown_to(user: User, day: date) -> list[Training]:
    """What concerns her on a day, seen or not."""
    if user.community is None:
        return []
    return trainings_for(user.role, edition_at(user.community, day), day)


def unseen_by(user: User, day: date) -> list[Training]:
    """What concerns her and she has not gone through; asks no table where nothing does."""
    shown = shown_to(user, day)
    if not shown:
        return []
    seen = seen_by([user])[user.id]
    return [one for one in shown if one.key not in seen]


def seen_by(users: list[User]) -> dict[int, dict[str, datetime]]:
    """What each has gone through, and when."""
    found: dict[int, dict[str, datetime]] = {user.id: {} for user in users}
    rows = select(TrainingReading).where(TrainingReading.user_id.in_(found))
    for row in session.scalars(rows):
        found[row.user_id][row.training] = row.at
    return found


def progress_of(training: Training, community: Area) -> list[tuple[User, datetime | None]]:
    """Everybody concerned in a community, with when she has gone through it."""
    staff = [user for user in staff_of(community) if user.role in training.roles]
    seen = seen_by(staff)
    return [(user, seen[user.id].get(training.key)) for user in staff]


def note_begun(day: date, *, at: datetime) -> int:
    """Tell of every training that begins on a day, in every community it concerns; how many."""
    beginning = [one for one in TRAININGS.values() if one.since == day]
    if not beginning:
        return 0
    rows = select(Area).where(Area.level == "community", Area.ends.is_(None))
    told = 0
    for community in session.scalars(rows):
        for one in beginning:
            if edition_at(community, day) == one.edition:
                data = {"training": one.key}
                happened("training_given", by=None, at=at, community_id=community.id, data=data)
                told += 1
    return told
