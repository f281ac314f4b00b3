"""Samples and their results, read from the records of kind "test".

A result says which sample it belongs to by the sampling time or the step; where it
does not, it belongs to the earliest sample before it that has none. A result
without any sample before it is sample and result in one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.policy.calendar import moment_of
from app.policy.facts import RecordFact

RESULTS = ("negative", "positive")
# Finds the time of a step's sample among those known: "test:2" → when it was taken.
Steps = Callable[[Iterable["Sample"]], Mapping[str, datetime]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample. `record` tells of the sampling, `result` of the outcome seen at `told_at`."""

    at: datetime
    record: str
    outcome: str = ""
    result: str = ""
    told_at: datetime | None = None


def read_samples(records: Iterable[RecordFact], steps: Steps) -> tuple[Sample, ...]:
    """All samples in the order they were taken; `records` are effective ones, in order."""
    tests = [record for record in records if record.kind == "test"]
    results = [record for record in tests if record.outcome in RESULTS]
    taken = _taken(tests)
    for result in results:
        at = _sample_of(result, taken, steps)
        taken[at] = _told(taken.get(at) or Sample(at, result.id), result)
    return tuple(taken[at] for at in sorted(taken))


def doubtful_times(records: Iterable[RecordFact]) -> tuple[datetime, ...]:
    """Times of results that stood for samples until an earlier sampling was uploaded.

    They are kept in mind so that such an upload takes no time away from anybody.
    """
    tests = [record for record in records if record.kind == "test"]
    samplings = [(at, record) for record in tests if (at := _sampling_time(record))]
    results = [r for r in tests if r.outcome in RESULTS and not _time_named(r)]
    return tuple(
        _second(result.at)
        for result in results
        if any(at <= result.at and result.received_at < r.received_at for at, r in samplings)
    )


def _taken(tests: list[RecordFact]) -> dict[datetime, Sample]:
    """Samples by their time, as far as the records name it."""
    taken: dict[datetime, Sample] = {}
    for record in sorted(tests, key=lambda record: record.outcome != "sampled"):
        if at := _sampling_time(record):
            taken.setdefault(at, Sample(at, record.id))
    return taken


def _sampling_time(record: RecordFact) -> datetime | None:
    """The time a record says a sample was taken at; None for a result that does not say."""
    if record.outcome == "sampled":
        return _time_named(record) or _second(record.at)
    return _time_named(record) if record.outcome in RESULTS else None


def _sample_of(result: RecordFact, taken: dict[datetime, Sample], steps: Steps) -> datetime:
    if named := _time_named(result):
        return named
    before = [taken[at] for at in sorted(taken) if at <= result.at]
    if at := steps(before).get(result.fields.get("of") or ""):
        return at
    return next((sample.at for sample in before if not sample.outcome), _second(result.at))


def _time_named(record: RecordFact) -> datetime | None:
    """The sampling time a record names, in `sampled_at` or, as a time, in `of`."""
    of = str(record.fields.get("of") or "")
    named = record.fields.get("sampled_at") or (of if of[:1].isdigit() else None)
    return _second(moment_of(named)) if named else None


def _told(sample: Sample, result: RecordFact) -> Sample:
    """The sample with its result; a positive result is not undone by a negative one."""
    if sample.outcome == "positive":
        return sample
    told_at = max(result.at, sample.told_at or result.at)
    return replace(sample, outcome=result.outcome, result=result.id, told_at=told_at)


def _second(moment: datetime) -> datetime:
    """To the second, and in UTC: two samples in one second are one."""
    return moment.astimezone(UTC).replace(microsecond=0)
