"""A series of tests: which sample stands for which planned test, and which test is next.

Planned tests are taken in order. A sample stands for the next planned test if its
window has opened and the minimum gap to the sample before has passed; so an
additional sample, however late it is uploaded, can only fill more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.policy.calendar import day_of, days_after, end_of, start_of
from app.policy.facts import RecordFact
from app.policy.params import Control, Window
from app.policy.rule import Rule
from app.policy.samples import Sample, doubtful_times, read_samples
from app.policy.steps import Done, Due, fulfilled


@dataclass(frozen=True, slots=True)
class Planned:
    """One test of the series with its window; `ends` has one end for each count of the days."""

    opens_at: datetime
    ends: tuple[datetime, ...]
    shares: bool

    def due_at(self, pressed: datetime, make_up: timedelta) -> datetime:
        """The latest end of the window, or some time after `pressed` where that comes later."""
        return max(pressed + make_up if pressed > end else end for end in self.ends)


@dataclass(frozen=True, slots=True)
class Series:
    """The planned tests, their rule, and the samples that were taken.

    `filled`: the samples that stand for the first planned tests, results known or not;
    `proven`: the same with negative results alone. `pressing`: the times a minimum gap
    may have to be kept from.
    """

    planned: tuple[Planned, ...]
    control: Control
    rule: str
    samples: tuple[Sample, ...]
    filled: tuple[Sample, ...]
    proven: tuple[Sample, ...]
    pressing: tuple[datetime, ...]

    @property
    def is_complete(self) -> bool:
        return self.missing == 0

    @property
    def missing(self) -> int:
        """How many negative results are wanting."""
        return len(self.planned) - len(self.proven)

    @property
    def pending(self) -> tuple[Sample, ...]:
        """Samples that stand for a test and have no result yet, while results are wanting."""
        # One sample may stand for two tests (landing and day 1): it has one result to wait for.
        waiting = dict.fromkeys(sample for sample in self.filled if not sample.outcome)
        return () if self.is_complete else tuple(waiting)

    @property
    def told_at(self) -> datetime | None:
        """When the last negative result was seen."""
        told = [sample.told_at for sample in self.samples if sample.outcome == "negative"]
        return max(told, default=None)

    def next_test(self) -> Due | None:
        """The next planned test that no sample stands for."""
        done = self.filled
        if len(done) == len(self.planned):
            return None
        return self._step(len(done), done[-1].at if done else None, self.pressing)

    def tests_done(self) -> list[Done]:
        done, last = [], None
        for n, sample in enumerate(self.filled):
            earlier = [moment for moment in self.pressing if moment < sample.at]
            step = self._step(n, last, earlier)
            done.append(fulfilled(step, record=sample.record, at=sample.at))
            last = sample.at
        return done

    def _step(self, n: int, last: datetime | None, earlier: Iterable[datetime]) -> Due:
        """The n-th test as a step.

        Its time is its window's, unless the gap to an earlier sample ends later. For this
        the latest sample is taken, so that no older one uploaded later brings it forward.
        """
        test, gap = self.planned[n], timedelta(hours=self.control.min_gap_h)
        free = test.opens_at if last is None or test.shares else last + gap
        pressed = max(earlier, default=test.opens_at - gap) + gap
        due_at = test.due_at(pressed, timedelta(hours=self.control.make_up_h))
        return Due(f"test:{n + 1}", "test", max(test.opens_at, free), due_at, self.rule)


def series(
    rule: Rule, records: Sequence[RecordFact], *, start: datetime, due_starts: Sequence[datetime]
) -> Series:
    """The tests a control rule asks for and the samples among effective records.

    Windows open counted from `start` and are due counted from the latest of `due_starts`.
    """
    control = rule.params
    planned = tuple(_planned(control, window, start, due_starts) for window in control.tests)
    samples = read_samples(records, lambda taken: _times(fill(planned, taken, control)))
    pressing = (*(sample.at for sample in samples), *doubtful_times(records))
    negatives = [sample for sample in samples if sample.outcome == "negative"]
    return Series(
        planned=planned,
        control=control,
        rule=rule.id,
        samples=samples,
        filled=fill(planned, samples, control),
        proven=fill(planned, negatives, control),
        pressing=pressing,
    )


def first_day(control: Control, start: datetime) -> date:
    """The local day that counts as day 1."""
    return days_after(day_of(start), 1 if control.day1 == "next" else 0)


def fill(
    planned: Iterable[Planned], samples: Iterable[Sample], control: Control
) -> tuple[Sample, ...]:
    """The samples, one for each of the first planned tests, each the earliest that can stand."""
    gap, taken = timedelta(hours=control.min_gap_h), []
    in_time = sorted(samples, key=lambda sample: sample.at)
    for test in planned:
        last = taken[-1].at if taken else None
        fitting = (sample for sample in in_time if _stands_for(test, sample, last, gap))
        if (sample := next(fitting, None)) is None:
            break
        taken.append(sample)
    return tuple(taken)


def _times(filled: Iterable[Sample]) -> Mapping[str, datetime]:
    return {f"test:{n}": sample.at for n, sample in enumerate(filled, start=1)}


def _stands_for(test: Planned, sample: Sample, last: datetime | None, gap: timedelta) -> bool:
    if sample.at < test.opens_at:
        return False
    if last is None:
        return True
    shared = test.shares and last <= sample.at <= max(test.ends)
    return shared or (sample.at > last and sample.at >= last + gap)


def _planned(
    control: Control, window: Window, start: datetime, due_starts: Iterable[datetime]
) -> Planned:
    ends = tuple(_end(control, window, due_start) for due_start in due_starts)
    return Planned(_opening(control, window, start), ends, window.shares)


def _opening(control: Control, window: Window, start: datetime) -> datetime:
    if window.day:
        return start_of(days_after(first_day(control, start), window.day - 1))
    if window.from_h:
        return start + timedelta(hours=window.from_h)
    # The day counts from its first hour: the landing test may be taken on the way.
    return start_of(day_of(start))


def _end(control: Control, window: Window, start: datetime) -> datetime:
    if window.day:
        return end_of(days_after(first_day(control, start), window.day - 1))
    return start + timedelta(hours=window.to_h)
