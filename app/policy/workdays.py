"""Which days are worked: Monday to Friday, but for public holidays and the days moved for them.

The State Council announces them year by year (rules/holidays.toml). Of a year that is not
known yet, weekdays are what they are everywhere.
"""

from datetime import date

from app.policy.params import Holidays
from app.policy.rule import ANY, COUNTRY, NoRule
from app.policy.rulebook import RULES

SATURDAY = 5


def is_worked(day: date, jurisdiction: str = COUNTRY) -> bool:
    """Whether offices work on a day."""
    year = holidays_of(day.year, jurisdiction)
    if year and day in year.worked:
        return True
    is_off = year is not None and any(span.first <= day <= span.last for span in year.off)
    return day.weekday() < SATURDAY and not is_off


def years_known() -> list[int]:
    """The years whose holidays are known."""
    return sorted({int(rule.key) for rule in RULES.entries if rule.kind == "holidays"})


def holidays_of(year: int, jurisdiction: str = COUNTRY) -> Holidays | None:
    """A year's holidays; None while they are not known here."""
    first = date(year, 1, 1)
    try:
        return RULES.rule("holidays", str(year), ANY, jurisdiction, first).params
    except NoRule:
        return None
