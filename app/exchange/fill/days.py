"""Days and times as spreadsheets know them: on the wall clock, without a zone."""

from datetime import date, datetime
from typing import Any

from app.lib import clock


def local(at: datetime | None) -> datetime | None:
    """An instant as the wall clock says it."""
    return clock.local(at).replace(tzinfo=None, microsecond=0) if at else None


def day_in(told: Any) -> date | None:
    """A day that was told as 2022-10-06; None for anything else."""
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return None
