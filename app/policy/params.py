"""The numbers each kind of rule holds. Every one of them stands in `rules/*.toml`.

Hours are counted from the moment the clock of the case starts, days are local
calendar days.
"""

from dataclasses import dataclass
from datetime import date

from app.policy.calendar import Slot
from app.policy.telling import Ahead, Alarm, Pressing, Quiet, Telling


@dataclass(frozen=True, slots=True)
class Window:
    """One test: on the n-th day of the measure, or between two hours of the clock.

    `shares`: the sample of the test before may serve for this one too, when it was
    taken inside this window.
    """

    day: int = 0
    from_h: int = 0
    to_h: int = 0
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """What a person under a yellow code or an arrival label has to go through.

    `whole_period`: all `days` must pass, even when the tests are done earlier.
    `day1`: whether the day of the anchor is day 1 ("anchor") or the day after ("next").
    `clock`: whether hours run from the "anchor" or from when the case was "opened".
    `make_up_h`: how long a test may take that a minimum gap has pushed past its window.
    """

    days: int
    whole_period: bool
    tests: tuple[Window, ...]
    min_gap_h: int
    make_up_h: int
    stay: str
    code: str = ""
    label: str = ""
    transfer: str = ""
    day1: str = "anchor"
    clock: str = "anchor"


@dataclass(frozen=True, slots=True)
class Isolation:
    """Daily life under a measure: which parts of the day are recorded, what counts as fever.

    A record not made lapses after `keep_days`; an abnormal one asks for another within
    `again_days`.
    """

    slots: tuple[Slot, ...]
    fever_c: float
    keep_days: int
    again_days: int


@dataclass(frozen=True, slots=True)
class ElderClass:
    """Which group a class is visited with; above an age (0: never) it is the high group."""

    group: str
    high_from_age: int


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a group is contacted in a situation.

    Either every `interval_days`, or in every slot of every day. `first_days`: the first
    contact after opening. `after_days`: how long the situation still counts when over.
    `ways`: only these contacts count; empty means any. The three last: the next contact
    after an outcome.
    """

    interval_days: int
    first_days: int
    needs_days: int
    unwell_days: int
    hospital_days: int
    after_days: int = 0
    slots: tuple[Slot, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Hours after which something opens and is due, and after which its delay is an alarm."""

    opens_h: int
    due_h: int
    alarms_h: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """One way to reach somebody, so many minutes after the try before."""

    way: str
    after_min: int
    words: str


@dataclass(frozen=True, slots=True)
class Ladder:
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Grade 1 is the gravest. Minutes count from the report."""

    grade: int
    verify_min: int
    handle_min: int


@dataclass(frozen=True, slots=True)
class Appeal:
    """Hours after which an unanswered application may be made again."""

    answer_h: int


@dataclass(frozen=True, slots=True)
class Review:
    months: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Hours that a level keeps for itself of a sender's deadline; `least_h` stay for the work.

    `signs` are the words by which an office of the level is known.
    """

    hours: int
    least_h: int
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comeback:
    """How often nobody is reached before the way changes, and in which parts of a day one tries.

    An answer counts for the same question of other lists for `fresh_h` hours. From
    `alone_age` on somebody who lives alone should be seen.
    """

    slots: tuple[Slot, ...]
    calls: int
    visits: int
    fresh_h: int
    alone_age: int


@dataclass(frozen=True, slots=True)
class Shield:
    """For how many days what was asked of somebody stands on her card, and how many lines of it."""

    days: int
    lines: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check found: is it over, among what it counts, what else it answers.

    `way`: by which way it is tried next. `says`: something must be written.
    """

    ends: bool
    counts: str
    feeds: str = ""
    way: str = ""
    says: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends counted."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Holidays:
    """A year's days off, and the days of weekends that are worked for them."""

    off: tuple[Span, ...]
    worked: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """Of how many people one person may take whole names along alone within 24 hours.

    Hours after which an asking nobody has answered, and a file, are gone.
    """

    alone_people: int
    asked_h: int
    file_h: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """For how many minutes one covered value stays open, and from when on opening is watched.

    An alarm is more than `most_day` in a day, or more than `least_day` and `times_usual`
    times the median of the `usual_days` before.
    """

    open_min: int
    most_day: int
    least_day: int
    times_usual: int
    usual_days: int


@dataclass(frozen=True, slots=True)
class Upload:
    """Hours after which something verified and not uploaded is late."""

    late_h: int


Params = (
    Control
    | Isolation
    | ElderClass
    | Visits
    | Deadline
    | Ladder
    | Incident
    | Appeal
    | Review
    | Telling
    | Quiet
    | Alarm
    | Ahead
    | Pressing
    | Lead
    | Comeback
    | Shield
    | Answer
    | Holidays
    | Export
    | Reveal
    | Upload
)

BY_KIND: dict[str, type[Params]] = {
    "yellow": Control,
    "returnee": Control,
    "isolation": Isolation,
    "elder": ElderClass,
    "visit": Visits,
    "deadline": Deadline,
    "ladder": Ladder,
    "incident": Incident,
    "appeal": Appeal,
    "review": Review,
    "telling": Telling,
    "quiet": Quiet,
    "alarm": Alarm,
    "ahead": Ahead,
    "pressing": Pressing,
    "lead": Lead,
    "comeback": Comeback,
    "shield": Shield,
    "answer": Answer,
    "holidays": Holidays,
    "export": Export,
    "reveal": Reveal,
    "upload": Upload,
}
