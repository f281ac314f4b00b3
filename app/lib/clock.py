"""The only clock. Instants are aware UTC; days are calendar days in Asia/Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
# What was noted further ahead was noted by a clock that has been set back. Nearer than that it
# was only somebody who looked at the clock later and had the database sooner than we.
JUMP = timedelta(minutes=2)
_fixed: datetime | None = None


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _fixed or datetime.now(UTC)


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Stop the clock of this process at `instant`: for tests and for telling the story."""
    global _fixed
    before, _fixed = _fixed, instant.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before


def today() -> date:
    """The local calendar day it is now."""
    return local_day(now())


def local(instant: datetime) -> datetime:
    """The instant on a wall clock in Shanghai."""
    return instant.astimezone(LOCAL)


def local_day(instant: datetime) -> date:
    """The local calendar day an instant falls on."""
    return local(instant).date()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The UTC instant of a local wall-clock time."""
    return datetime.combine(day, time(hour, minute), LOCAL).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last second of a local day, in UTC."""
    return at(day + timedelta(days=1)) - timedelta(seconds=1)
