"""Writing much in small steps, so that whoever saves meanwhile does not have to wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from app.lib.db import let_others_in, only_read, session

# Seconds that one slice should take, and that others then have.
SLICE, PAUSE = 0.2, 0.03
FEWEST, FIRST, MOST = 10, 60, 600  # rows


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
    """Commit what was written, and leave so many seconds to others."""
    session.commit()
    let_others_in(pause)


class Slices:
    """Rows written a slice at a time: as many as fit into `SLICE`, by how long the last took."""

    def __init__(self) -> None:
        self.size, self.ended = FIRST, None

    @contextmanager
    def one(self) -> Iterator[None]:
        """Let others in, write `size` rows, commit."""
        if self.ended is not None:
            let_others_in(self.ended + PAUSE - monotonic())
        session.connection()  # to wait for others is not to hold them back
        begun = monotonic()
        yield
        done_with_batch()
        self.ended = monotonic()
        fitting = int(self.size * SLICE / max(self.ended - begun, 0.001))
        self.size = max(FEWEST, min(fitting, 2 * self.size, MOST))
