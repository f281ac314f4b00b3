"""Who does the work of the timetable, or of one list, now: kept in the database.

However many processes run, one is on duty. Its duty ends by itself when it falls
silent, and another takes over. Each line of the timetable notes for which of its
times it was done, in the transaction of the work itself: done and noted, or neither.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import String, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.lib import clock
from app.lib.db import db, session

# Renewed every few seconds; whoever is silent for so long is off duty.
DUTY = timedelta(seconds=20)


class Shift(db.Model):
    """Who is on duty for a name, and until when unless it is renewed."""

    __tablename__ = "shifts"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    holder: Mapped[UUID | None]
    until: Mapped[datetime | None]


class JobRun(db.Model):
    """The last time of the timetable for which a job was done."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


def take_shift(name: str, holder: UUID, *, at: datetime) -> bool:
    """Go on or stay on duty; False while somebody else is.

    A duty that ends later than any could was noted by a clock that has been set back.
    """
    _add_once(Shift, Shift.name, name)
    free = or_(Shift.until.is_(None), Shift.until <= at, Shift.until > at + DUTY + clock.JUMP)
    taken = update(Shift).where(Shift.name == name, or_(Shift.holder == holder, free))
    taken = taken.values(holder=holder, until=at + DUTY)
    return session.execute(taken, execution_options={"synchronize_session": False}).rowcount == 1


def end_shift(name: str, holder: UUID) -> None:
    """Go off duty, so that another need not wait."""
    session.execute(delete(Shift).where(Shift.name == name, Shift.holder == holder))


def set_right(*, at: datetime) -> None:
    """What a wrong clock noted as done in the future is done until now."""
    ahead = update(JobRun).where(JobRun.due_at > at + clock.JUMP).values(due_at=at)
    session.execute(ahead, execution_options={"synchronize_session": False})


def times_done() -> dict[str, datetime]:
    """For which of its times each job was last done."""
    return {run.job: run.due_at for run in session.scalars(select(JobRun)) if run.due_at}


def begin_job(job: str, due_at: datetime, *, at: datetime) -> bool:
    """Note that a job is done for one of its times; False where it is already.

    The row stays locked until the work is committed with it, so whoever comes at the
    same moment finds it done.
    """
    _add_once(JobRun, JobRun.job, job)
    wanted = or_(JobRun.due_at.is_(None), JobRun.due_at < due_at)
    noted = update(JobRun).where(JobRun.job == job, wanted).values(due_at=due_at, done_at=at)
    return session.execute(noted, execution_options={"synchronize_session": False}).rowcount == 1


def _add_once(model: type, column, name: str) -> None:
    """The row of a name, made by whoever comes first."""
    if session.scalar(select(func.count()).where(column == name)):
        return
    with suppress(IntegrityError), session.begin_nested():
        session.add(model(**{column.key: name}))
