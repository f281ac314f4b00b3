"""Which days are worked: the State Council's holidays and moved weekends, else plain weekdays."""

from datetime import date, timedelta

import pytest

from app.policy.rulebook import RULES
from app.policy.workdays import holidays_of, is_worked, years_known

# Day by day, as the notices say it.
TOLD = {
    "2022-10-07": False, "2022-10-08": True, "2022-10-09": True, "2022-10-10": True,
    "2023-01-27": False, "2023-01-28": True, "2023-06-25": True, "2023-10-06": False,
    "2024-02-09": True, "2024-02-17": False, "2024-09-14": True, "2024-10-12": True,
    "2025-01-28": False, "2025-10-08": False, "2025-10-11": True, "2025-11-08": False,
    "2026-01-04": True, "2026-02-23": False, "2026-02-28": True, "2026-05-09": True,
}  # fmt: skip


@pytest.mark.parametrize(("day", "worked"), TOLD.items())
def test_a_day_is_worked_or_not_as_announced(day, worked):
    assert is_worked(date.fromisoformat(day)) is worked


def test_of_a_year_not_announced_weekdays_are_plain():
    week = [date(2031, 10, 1) + timedelta(days=n) for n in range(7)]  # from a Wednesday
    assert [is_worked(day) for day in week] == [True] * 3 + [False] * 2 + [True] * 2
    assert holidays_of(2031) is None and 2031 not in years_known()


@pytest.mark.parametrize("year", years_known())
def test_what_is_announced_makes_sense(year):
    told = holidays_of(year)
    ends = [moment for span in told.off for moment in (span.first, span.last)]
    assert ends == sorted(ends) and {day.year for day in (*ends, *told.worked)} == {year}
    assert all(day.weekday() >= 5 for day in told.worked)
    assert not [day for day in told.worked for span in told.off if span.first <= day <= span.last]
    rule = next(one for one in RULES.entries if (one.kind, one.key) == ("holidays", str(year)))
    assert "国办发明电" in rule.source
