"""Local days and parts of a day, as the rules count them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.lib import clock


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a local day, from one full hour to another."""

    name: str
    from_hour: int
    to_hour: int

    def opens(self, day: date) -> datetime:
        return clock.at(day) + timedelta(hours=self.from_hour)

    def closes(self, day: date) -> datetime:
        """The last second of the slot."""
        return clock.at(day) + timedelta(hours=self.to_hour, seconds=-1)


def slot_of(moment: datetime, slots: tuple[Slot, ...]) -> Slot | None:
    """The slot a moment falls into; None outside all of them."""
    hour = clock.local(moment).hour
    return next((slot for slot in slots if slot.from_hour <= hour < slot.to_hour), None)


def start_of(day: date) -> datetime:
    """The first second of a local day, in UTC."""
    return clock.at(day)


def end_of(day: date) -> datetime:
    """The last second of a local day, in UTC."""
    return clock.end_of(day)


def day_of(moment: datetime) -> date:
    """The local day a moment falls on."""
    return clock.local_day(moment)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def moment_of(value: str | datetime) -> datetime:
    """An instant as records carry it: aware, or ISO text; a bare wall-clock time is local."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)
