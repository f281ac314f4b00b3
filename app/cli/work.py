"""`flask work`: the background work of the timetable, apart from the web processes."""

import signal
import sys
from collections.abc import Callable
from functools import wraps

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import jobs
from app.lib.db import session


@click.command()
@with_appcontext
def work() -> None:
    """Run the timetable (app/jobs.py) until Ctrl-C or TERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    jobs.run_forever(_inside(current_app._get_current_object()))


def _inside(app: Flask) -> Callable[[Callable[[], int]], Callable[[], None]]:
    """Each job in an application context of its own; a failed one is logged and tried next time."""

    def wrap(job: Callable[[], int]) -> Callable[[], None]:
        @wraps(job)
        def run() -> None:
            with app.app_context():
                try:
                    done = job()
                    session.commit()
                    app.logger.info("%s: %s", job.__name__, done)
                except Exception:
                    session.rollback()
                    app.logger.exception("%s failed", job.__name__)

        return run

    return wrap
