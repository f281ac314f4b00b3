"""Writing much in small steps, so that whoever saves meanwhile does not have to wait."""

from time import sleep

from app.lib.db import session


def done_with_batch(pause: float = 0.0) -> None:
    """Commit what was written, and leave so many seconds to others.

    SQLite keeps no queue: whoever waits looks again after 0.1 s at the latest. PostgreSQL
    locks rows and lets everybody else go on, so there nobody has to be let in.
    """
    keeps_no_queue = session.get_bind().dialect.name == "sqlite"
    session.commit()
    if pause and keeps_no_queue:
        sleep(pause)
