"""`flask work`: the timetable, the post room and lists in hand, apart from the web.

Any number of them may run. One is on duty for the timetable; when it falls silent another
takes over. All of them carry post and go on with lists, and give way to the web. Each loop
has a thread and waits by the machine's steady clock, so that a wall clock that is set forward
or back neither stops nor hurries them.
"""

import os
import signal
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TypeVar
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import jobs
from app.domain.pushed import PushedList
from app.exchange.lists import going_on
from app.lib import clock
from app.lib.db import let_others_in, only_read, session
from app.lib.ids import new_id

Result = TypeVar("Result")
SIGNS = (signal.SIGTERM, signal.SIGINT)
# Seconds between two looks.
DUTY, TIMETABLE, POST, LISTS = 4, 1, 0.5, 1
# Seconds at one list before it is looked at again whether to stop.
AT_A_LIST = 3
# How far behind the web a worker stands where both want the processor.
BEHIND = 10
# How much longer than it wrote one who writes leaves the lock to others; and how long at most.
LONGER, LONGEST_PAUSE = 3, 0.3
# After a job failed; and how long the others may take to end what they have in hand.
REST, PATIENCE = 60, 10


@click.command()
@with_appcontext
def work() -> None:
    """Run the timetable (app/jobs.py), the post room and lists in hand until Ctrl-C or TERM."""
    # Waited for, not handled: a handler that comes while the main thread takes the lock of an
    # Event cannot set it, and the process would never end.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNS)
    give_way()
    Worker(current_app._get_current_object()).work(until=partial(signal.sigwait, SIGNS))


class Worker:
    """One process at work: on duty for the timetable or not, and carrying post."""

    def __init__(self, app: Flask):
        self.app = app
        self.me: UUID = new_id()
        self.stopping = Event()
        self.on_duty = Event()
        self.resting: dict[str, float] = {}

    def work(self, *, until: Callable[[], object]) -> None:
        """Go round until `until` returns, then end what is in hand."""
        loops = ((self.keep_duty, DUTY), (self.look_at_the_timetable, TIMETABLE))
        loops += ((self.look_at_the_post, POST), (self.look_at_the_lists, LISTS))
        threads = [Thread(target=self._again, args=loop, daemon=True) for loop in loops]
        for thread in threads:
            thread.start()
        until()
        self.stopping.set()
        for thread in threads:
            thread.join(PATIENCE)
        self.run(partial(jobs.go_off_duty, self.me))

    def keep_duty(self) -> None:
        on = self.run(partial(jobs.go_on_duty, self.me))
        if on and not self.on_duty.is_set():
            self.app.logger.warning("on duty for the timetable")
        (self.on_duty.set if on else self.on_duty.clear)()

    def look_at_the_timetable(self) -> None:
        if not self.on_duty.is_set():
            return
        for job, due_at in self.run(jobs.lines_due, reading=True) or ():
            if self.resting.get(job.name, 0) < monotonic():
                self._do(job, due_at)

    def look_at_the_post(self) -> None:
        if sent := jobs.look_after_the_post(self.run):
            self.app.logger.info("messages sent: %s", sent)

    def look_at_the_lists(self) -> None:
        """Go on with lists that nobody has before her."""
        for list_id in self.run(_lists_in_hand, reading=True) or ():
            self.run(partial(_go_on_with, list_id))

    def run(self, step: Callable[[], Result], *, reading: bool = False) -> Result | None:
        """One step in a transaction of its own; a failed one is logged and None."""
        with self.app.app_context():
            only_read(reading)
            begun = monotonic()
            try:
                result = step()
                session.commit()
                pause = min(LONGER * (monotonic() - begun), LONGEST_PAUSE)
                let_others_in(0 if reading else pause)
                return result
            except Exception:
                session.rollback()
                self.app.logger.exception("%s failed", getattr(step, "__name__", "a step"))
                return None

    def _do(self, job: jobs.Job, due_at) -> None:
        done = self.run(partial(jobs.do, job, due_at))
        if done is None:
            self.app.logger.error("%s failed and rests", job.name)
            self.resting[job.name] = monotonic() + REST
        else:
            self.app.logger.info("%s: %s", job.name, done)

    def _again(self, look: Callable[[], None], seconds: float) -> None:
        """Look, wait, look again, until the process is asked to stop."""
        while not self.stopping.is_set():
            look()
            self.stopping.wait(seconds)


def give_way() -> None:
    """Stand behind the web, and behind whoever else has not given way."""
    os.setpriority(os.PRIO_PROCESS, 0, BEHIND)


def _lists_in_hand() -> list[int]:
    return going_on.in_hand(at=clock.now())


def _go_on_with(list_id: int) -> None:
    by = session.get(PushedList, list_id).by
    going_on.go_on(list_id, by=by, at=clock.now(), seconds=AT_A_LIST)
