"""Time in the story: a week back from today, and of today only the morning.

Everything of today happens before `told_at`: half past ten, or right now where
it is earlier than that. Then the morning is told in what there is of the day,
so that the page is the same at whatever hour the story is loaded, and nothing
lies in the future.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.lib import clock

BEGINS = 7.0  # o'clock
TOLD_UNTIL = 10.5
DAYS_BACK = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the story as seen from `told_at`."""

    told_at: datetime

    @classmethod
    def up_to(cls, now: datetime) -> "Calendar":
        half_past_ten = clock.at(clock.local_day(now), 10, 30)
        return cls(min(now, half_past_ten))

    @property
    def today(self) -> date:
        return clock.local_day(self.told_at)

    @property
    def past(self) -> list[date]:
        """The days before today, oldest first."""
        return [self.today - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]

    def at(self, day: date, hour: float) -> datetime:
        """The instant of an hour (8.5 is half past eight) of a day of the story."""
        plain = clock.at(day) + timedelta(hours=hour)
        if day < self.today:
            return plain
        begun = clock.at(day) + timedelta(hours=BEGINS)
        if self.told_at > begun:
            return begun + (self.told_at - begun) * (max(hour - BEGINS, 0) / (TOLD_UNTIL - BEGINS))
        return clock.at(day) + (self.told_at - clock.at(day)) * (hour / TOLD_UNTIL)
