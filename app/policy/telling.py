"""The numbers of the rules about messages (`rules/telling.toml`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Telling:
    """How a message of one urgency travels, in minutes.

    After each way, how long it may stay unread before the next is tried; `in_app_min`
    before the first. `gather_min`: after something went out, what comes meanwhile is
    gathered into one. `sms`: whether it may go by SMS at all; `quiet`: whether it waits
    until the quiet hours are over.
    """

    in_app_min: int
    push_min: int
    robot_min: int
    sms_min: int
    gather_min: int
    sms: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """From which local hour to which nobody's phone rings, unless she chose other hours."""

    from_h: int
    to_h: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """At which local hour of a task's day nobody having been reached is an alarm."""

    at_h: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many minutes before a deadline somebody is reminded."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """Hours to its deadline from which a new list is an urgent message, or a high one."""

    urgent_h: int
    high_h: int
