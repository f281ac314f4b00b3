"""Writing much in small steps, so that whoever saves meanwhile does not have to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from app.lib.db import only_read, session


@contextmanager
def only_reading() -> Iterator[None]:
    """Let go of the write lock: reading thousands of rows takes seconds."""
    session.rollback()
    only_read(True)
    try:
        yield
    finally:
        session.rollback()
        only_read(False)


def done_with_batch(pause: float = 0.0) -> None:
    """Commit what was written, and leave so many seconds to others.

    SQLite keeps no queue: whoever waits looks again after 0.1 s at the latest. PostgreSQL
    locks rows and lets everybody else go on, so there nobody has to be let in.
    """
    keeps_no_queue = session.get_bind().dialect.name == "sqlite"
    session.commit()
    if pause and keeps_no_queue:
        sleep(pause)
