"""The numbers of the post room, by the rules of a place on a day (policy/rules/telling.toml)."""

from datetime import datetime, time, timedelta

from app.domain.messages import PostBox, is_quiet
from app.domain.places import Area
from app.domain.regime import edition_at, jurisdiction_of
from app.lib import clock
from app.policy.params import Params, Telling
from app.policy.rule import COUNTRY
from app.policy.rulebook import RULES

# Which minutes of a rule follow which way.
AFTER = {"push": "push_min", "robot": "robot_min", "sms": "sms_min"}


def telling(urgency: str, area: Area | None, *, at: datetime) -> Telling:
    """How messages of an urgency travel at a place."""
    return _numbers("telling", urgency, area, at)


def waits_after(way: str, rule: Telling) -> timedelta:
    """How long a message may stay unread after a way was tried."""
    return timedelta(minutes=getattr(rule, AFTER[way]))


def quiet_until(box: PostBox, area: Area | None, *, at: datetime) -> datetime | None:
    """When the quiet hours end in which a moment lies; None outside them."""
    rule = _numbers("quiet", "staff", area, at)
    begins = time(rule.from_h % 24) if box.quiet_from is None else box.quiet_from
    ends = time(rule.to_h % 24) if box.quiet_to is None else box.quiet_to
    if begins == ends or not is_quiet(at, begins, ends):
        return None
    now = clock.local(at)
    day = now.date() if now.time() < ends else now.date() + timedelta(days=1)
    return clock.at(day, ends.hour, ends.minute)


def alarm_hour(key: str, area: Area | None, *, at: datetime) -> int:
    return _numbers("alarm", key, area, at).at_h


def minutes_ahead(key: str, area: Area | None, *, at: datetime) -> timedelta:
    return timedelta(minutes=_numbers("ahead", key, area, at).minutes)


def urgency_until(due_at: datetime, area: Area, *, at: datetime) -> str:
    """How urgent it is to tell what is due then: also by night what cannot wait for the morning."""
    rule, morning = _numbers("pressing", "list", area, at), quiet_until(PostBox(), area, at=at)
    hours = (due_at - at) / timedelta(hours=1)
    if hours > 0 and (hours <= rule.urgent_h or (morning and due_at <= morning)):
        return "urgent"
    return "high" if hours <= rule.high_h else "normal"


def _numbers(kind: str, key: str, area: Area | None, at: datetime) -> Params:
    day = clock.local_day(at)
    edition = edition_at(area, day) if area else RULES.edition_on(day)
    place = jurisdiction_of(area) if area else COUNTRY
    return RULES.rule(kind, key, edition, place, day).params
