"""The timetable: when which work is done without anybody asking. `flask work` runs it.

Each line names a function of the floors below; a job is three lines and can be
run again at any time. However many processes run, each line is done once for each
of its times (app/domain/shifts.py). Beside the timetable, twice a second, the post
room is looked after (app/notify/post_room.py). What runs it all commits at its end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import delete, func, select

from app.domain import (
    assignment_templates,
    drafts,
    exports,
    messages,
    notices,
    packs,
    photos,
    plan,
    receipts,
    shifts,
    subscriptions,
    trainings,
)
from app.domain.guesses import Guess
from app.domain.sign_in import UserSession
from app.lib import clock, vault
from app.lib.changes import Run
from app.lib.db import session
from app.notify import collecting, hours, lists, post_room, robot_trials
from app.notify.outward import ways
from app.notify.ways import Ways

# How long after its time a line of the timetable is still worth doing.
A_DAY, ALWAYS = timedelta(days=1), timedelta(days=36500)
SOON, AN_HOUR = timedelta(minutes=15), timedelta(hours=1)
LEASES_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable: local time as five cron fields, what is done, and how late."""

    when: str
    work: Callable[[], int]
    late: timedelta = ALWAYS

    @property
    def name(self) -> str:
        return self.work.__name__

    def last_time(self, since: datetime | None, now: datetime) -> datetime | None:
        """The last of its times after `since`, within a day, that has come; None where none has."""
        trigger = CronTrigger.from_crontab(self.when, timezone=clock.LOCAL)
        after = max(since or now - A_DAY, now - A_DAY) + timedelta(microseconds=1)
        last, coming = None, trigger.get_next_fire_time(None, after)
        while coming and coming <= now:
            last, coming = coming, trigger.get_next_fire_time(coming, coming)
        return last


def plan_the_new_day() -> int:
    """Plan again every open case: a new day may change what is due."""
    return plan.revise_all(by=None, at=clock.now())


def give_recurring() -> int:
    """Give the work that recurs and falls on today, as far as it was not given yet."""
    return assignment_templates.give_recurring(at=clock.now())


def remind_before_notices() -> int:
    """Remind of what a notice has announced, so long before as its author said."""
    return notices.remind_before(at=clock.now())


def begin_trainings() -> int:
    """Tell whom they concern of the trainings that begin today."""
    return trainings.note_begun(clock.today(), at=clock.now())


def clear_drafts() -> int:
    """Drop half-filled forms nobody came back to."""
    return drafts.drop_old_drafts(at=clock.now())


def clear_uploads() -> int:
    """Delete the rolls that were handed in a day ago, and what was said of them."""
    return vault.drop_older_than(clock.now() - timedelta(days=1))


def clear_exports() -> int:
    """Delete exported files whose hours are over."""
    return exports.drop_dead(at=clock.now())


def clear_photos() -> int:
    """Forget photos that nothing has named for 90 days, and what names them and is gone."""
    now = clock.now()
    return photos.drop_unnamed_files(at=now) + photos.drop_unnamed(at=now)


def clear_packs() -> int:
    """Forget what phones have, and where they are reached, that nobody is signed in on any more."""
    now = clock.now()
    return packs.drop_old_packs(at=now) + subscriptions.drop_old(at=now)


def clear_receipts() -> int:
    """Forget after 90 days what was answered; never what a person must still mend or decide."""
    return receipts.drop_settled(at=clock.now())


def clear_guesses() -> int:
    """Forget wrong passwords after a day, ended sessions after half a year (等保: 6 months)."""
    now = clock.now()
    done = session.execute(delete(Guess).where(Guess.at < now - timedelta(days=1))).rowcount
    ended = delete(UserSession).where(UserSession.ended_at < now - timedelta(days=183))
    return done + session.execute(ended).rowcount


def tell_the_morning() -> int:
    """Tell every worker how much her day holds."""
    return hours.tell_the_morning(at=clock.now())


def tell_what_is_due() -> int:
    """Remind of what is due at an hour, a while before."""
    return hours.tell_what_is_due(at=clock.now())


def tell_of_lists() -> int:
    """Tell of lists that have come in: directors that they are, workers how much is theirs."""
    return lists.tell_of_lists(at=clock.now())


def tell_the_clock_of_lists() -> int:
    """Tell what is left of a list, a while before it is due and when its time is over."""
    now = clock.now()
    return lists.tell_what_lists_are_due(at=now) + lists.tell_of_late_lists(at=now)


def tell_of_elders() -> int:
    """Tell of elders whom nobody has reached by the hour that the rule says."""
    return hours.tell_of_elders(at=clock.now())


def tell_the_evening() -> int:
    """Tell every worker what is left of her day."""
    return hours.tell_the_evening(at=clock.now())


def tell_day_open() -> int:
    """Tell directors that the day is not closed."""
    return hours.tell_day_open(at=clock.now())


def clear_messages() -> int:
    """Forget after 90 days what people were told."""
    return messages.drop_old_messages(at=clock.now())


TIMETABLE = (
    # the day
    Job("2 0 * * *", plan_the_new_day),
    Job("30 7 * * *", tell_the_morning, late=2 * AN_HOUR),
    Job("*/5 * * * *", tell_what_is_due, late=SOON),
    Job("*/2 * * * *", tell_of_lists),
    Job("3-58/5 * * * *", tell_the_clock_of_lists),
    Job("*/10 * * * *", tell_of_elders, late=SOON),
    Job("0 17 * * *", tell_the_evening, late=AN_HOUR),
    Job("45 17 * * *", tell_day_open, late=2 * AN_HOUR),
    Job("5 6-21 * * *", give_recurring),
    Job("* * * * *", remind_before_notices),
    Job("25 7 * * *", begin_trainings),
    # tidying up
    Job("17 * * * *", clear_drafts),
    Job("27 * * * *", clear_uploads),
    Job("*/3 * * * *", clear_exports),
    Job("20 3 * * *", clear_photos),
    Job("32 3 * * *", clear_packs),
    Job("35 3 * * *", clear_receipts),
    Job("40 3 * * *", clear_guesses),
    Job("50 3 * * *", clear_messages),
)


def pending() -> dict[str, int]:
    """How much background work is waiting: cases not planned since the day began, news untold."""
    return {
        "cases_to_plan": session.scalar(select(func.count()).select_from(plan.unplanned())),
        "events_to_tell": collecting.untold(),
    }


def go_on_duty(holder: UUID) -> bool:
    """Whether the timetable is this process's for the next seconds."""
    now = clock.now()
    shifts.set_right(at=now)
    return shifts.take_shift("timetable", holder, at=now)


def go_off_duty(holder: UUID) -> None:
    shifts.end_shift("timetable", holder)


def lines_due() -> list[tuple[Job, datetime]]:
    """The lines whose time has come, each with the last of its times."""
    now = clock.now()
    done = shifts.times_done()
    times = ((job, job.last_time(done.get(job.name), now)) for job in TIMETABLE)
    return [(job, time) for job, time in times if time]


def do(job: Job, due_at: datetime) -> int:
    """Do a line of the timetable for one of its times, unless somebody has or it is too late."""
    now = clock.now()
    if not shifts.begin_job(job.name, due_at, at=now) or now - due_at > job.late:
        return 0
    return job.work()


def news_or_post() -> bool:
    """Whether anything waits for the post room."""
    waiting = post_room.waiting(at=clock.now()) or robot_trials.asked_for()
    return bool(collecting.untold()) or waiting


def look_after_the_post(run: Run) -> int:
    """Tell what has happened, and carry what is due; how many messages have gone out."""
    if not run(news_or_post, reading=True):
        return 0
    while collecting.collect(run):
        pass
    sent, out = 0, ways()
    while leased := list(_leases(out, run)):
        became = post_room.send(out, [packed for one in leased for packed in one.packed])
        sent += sum(post_room.mark(one, became, out, run) for one in leased)
    try_robots(run)
    return sent


def _leases(out: Ways, run: Run) -> Iterator[post_room.Leased]:
    """What is carried at once; leased in small parts, each a transaction."""
    for _part in range(LEASES_AT_ONCE):
        if not (leased := post_room.lease(out, run)):
            return
        yield leased


def try_robots(run: Run) -> None:
    """Let those robots speak that a director wants to hear."""
    if asked := run(lambda: robot_trials.take(at=clock.now())):
        became = robot_trials.send(asked)
        run(lambda: robot_trials.note(became, at=clock.now()))
