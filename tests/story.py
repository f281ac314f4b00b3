"""The whole story, for tests that need a community of real size: told once in a run."""

import fcntl
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from flask import Flask

from app import create_app
from app.cli.story import SEED, telling
from app.cli.story.days import Calendar
from app.cli.story.week import Life
from app.lib import clock
from app.lib.db import db, session

EVENING = datetime(2026, 3, 9, 12, 40, tzinfo=UTC)  # 20:40 in Taiyuan
NIGHT = datetime(2026, 3, 8, 17, 5, tzinfo=UTC)  # 01:05 on the same local day
KEY = b"a key for tests only, never for people"


def told_in(folder: Path, now: datetime = EVENING, life: Life = telling.HOME_LIFE) -> Flask:
    """An application whose database in `folder` holds the story as it is told at `now`.

    Whoever comes first tells it; the others wait at the lock and find it told.
    """
    folder.mkdir(exist_ok=True)
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": folder,
            "MASTER_KEY": KEY,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'story.db'}",
        }
    )
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "told").exists():
            _tell(app, now, life)
            (folder / "told").touch()
    return app


def _tell(app: Flask, now: datetime, life: Life) -> None:
    with app.app_context(), clock.stopped_at(now):
        db.create_all()
        telling.tell(Calendar.up_to(now), "a password for this test", Random(SEED), life)
        session.commit()
        session.remove()
        db.engine.dispose()
