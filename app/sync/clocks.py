"""When things were done, by our clock: a phone's own may be wrong, by a minute or by a year.

Three things are surer than what it shows. Entries stand in the order in which they
were written; none was written after it reached us; and each may tell when its
phone had last heard from us (`after`), in our own time. So a time that cannot be
is put aside, of times that contradict each other as many as possible are kept, and
what is left open lies between its neighbours.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# A difference that the way of the message explains, not the clock.
FINE = timedelta(minutes=2)
# The person is told when her clock is further off than this.
WORTH_TELLING = timedelta(minutes=5)
# No phone has written anything before: a clock that was never set.
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the phone's clock showed when an entry was written, and when we last heard of it."""

    at: datetime
    after: datetime | None = None

    @property
    def earliest(self) -> datetime:
        return self.after or EARLIEST


def ahead(sent_at: datetime | None, now: datetime) -> timedelta:
    """How far the phone's clock is ahead of ours; nothing where it is near enough or unknown."""
    off = sent_at - now if sent_at else timedelta(0)
    return off if abs(off) > FINE else timedelta(0)


def set_right(told: Sequence[Shown], off: timedelta, now: datetime) -> list[datetime]:
    """The times of entries in their order. `off` is how far the clock was ahead on sending.

    None is earlier than the one before it, its `after` or 2020, and none later than now.
    """
    ends = _ends(told, now)
    possible = [_possible(shown, off, end) for shown, end in zip(told, ends, strict=True)]
    agreeing = _agreeing(possible)
    times: list[datetime] = []
    for place, (shown, end) in enumerate(zip(told, ends, strict=True)):
        time = possible[place] if place in agreeing else None
        time = time or _between(times, [possible[n] for n in agreeing if n > place], shown, end)
        times.append(min(max(min(time, end), shown.earliest, *times[-1:]), now))
    return times


def _ends(told: Sequence[Shown], now: datetime) -> list[datetime]:
    """Until when each was written: before its phone heard from us anew, or now."""
    ends: list[datetime] = []
    heard, end = None, now
    for shown in reversed(told):
        if shown.after and heard and shown.after < heard:
            end = heard
        heard = shown.after or heard
        ends.append(end)
    return ends[::-1]


def _possible(shown: Shown, off: timedelta, end: datetime) -> datetime | None:
    """What the clock showed, set right or, if only then it can be, as it was; None if neither."""
    for wrong in dict.fromkeys((off, timedelta(0))):
        try:
            right = shown.at - wrong
        except OverflowError:
            continue
        if shown.earliest - FINE <= right <= end + FINE:
            return min(max(right, shown.earliest), end)
    return None


def _agreeing(times: Sequence[datetime | None]) -> dict[int, None]:
    """The places of as many times as possible that never go back; of equal choices the first."""
    ends: list[float] = []
    chains: list[list[int]] = []
    for place in reversed(range(len(times))):
        time = times[place]
        if time is None:
            continue
        key = -time.timestamp()
        length = bisect_right(ends, key)
        chain = [place, *(chains[length - 1] if length else [])]
        ends[length : length + 1] = [key]
        chains[length : length + 1] = [chain]
    return dict.fromkeys(chains[-1] if chains else ())


def _between(
    before: Sequence[datetime], after: Sequence[datetime], shown: Shown, end: datetime
) -> datetime:
    """A time for what the clock cannot tell: that of a neighbour, or as near as it can be."""
    if before or after:
        return before[-1] if before else after[0]
    too_early = shown.after is not None and EARLIEST <= shown.at < shown.after
    return shown.after if too_early else end
