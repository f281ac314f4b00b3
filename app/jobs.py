"""The timetable: when which work is done without anybody asking. `flask work` runs it.

Each line names a function of the floors below; a job is three lines and can be
run again at any time. What runs it commits at its end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import delete, func, select

from app.domain import drafts, packs, photos, plan, receipts
from app.domain.guesses import Guess
from app.domain.sign_in import UserSession
from app.lib import clock, vault
from app.lib.db import session
from app.notify import collecting


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable: local time as five cron fields, and what is done."""

    when: str
    work: Callable[[], int]


def plan_the_new_day() -> int:
    """Plan again every open case: a new day may change what is due."""
    return plan.revise_all(by=None, at=clock.now())


def clear_drafts() -> int:
    """Drop half-filled forms nobody came back to."""
    return drafts.drop_old_drafts(at=clock.now())


def clear_uploads() -> int:
    """Delete the rolls that were handed in a day ago, and what was said of them."""
    return vault.drop_older_than(clock.now() - timedelta(days=1))


def clear_photos() -> int:
    """Forget photos that nothing has named for 90 days, and what names them and is gone."""
    now = clock.now()
    return photos.drop_unnamed_files(at=now) + photos.drop_unnamed(at=now)


def clear_packs() -> int:
    """Forget what phones have that nobody is signed in on any more."""
    return packs.drop_old_packs(at=clock.now())


def clear_receipts() -> int:
    """Forget after 90 days what was answered; never what a person must still mend or decide."""
    return receipts.drop_settled(at=clock.now())


def clear_guesses() -> int:
    """Forget wrong passwords after a day, ended sessions after half a year (等保: 6 months)."""
    now = clock.now()
    done = session.execute(delete(Guess).where(Guess.at < now - timedelta(days=1))).rowcount
    ended = delete(UserSession).where(UserSession.ended_at < now - timedelta(days=183))
    return done + session.execute(ended).rowcount


TIMETABLE = (
    Job("2 0 * * *", plan_the_new_day),
    Job("17 * * * *", clear_drafts),
    Job("27 * * * *", clear_uploads),
    Job("20 3 * * *", clear_photos),
    Job("30 3 * * *", clear_packs),
    Job("35 3 * * *", clear_receipts),
    Job("40 3 * * *", clear_guesses),
)


def pending() -> dict[str, int]:
    """How much background work is waiting: cases not planned since the day began, news untold."""
    return {
        "cases_to_plan": session.scalar(select(func.count()).select_from(plan.unplanned())),
        "events_to_tell": collecting.untold(),
    }


def run_forever(in_context: Callable[[Callable[[], int]], Callable[[], None]]) -> None:
    """Run the timetable until the process is asked to stop; catch up with the day first."""
    scheduler = BlockingScheduler(timezone=clock.LOCAL)
    for job in TIMETABLE:
        trigger = CronTrigger.from_crontab(job.when, timezone=clock.LOCAL)
        scheduler.add_job(in_context(job.work), trigger, id=job.work.__name__, coalesce=True)
    in_context(plan_the_new_day)()
    scheduler.start()
