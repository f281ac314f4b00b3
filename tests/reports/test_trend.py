"""A fortnight as it was at the end of each day; the last point is now."""

from app.lib import clock
from app.reports.counters import asked, count
from app.reports.trend import trend
from tests.lived_day import OCTOBER


def test_the_points_are_what_the_counter_says_for_each_day(lived):
    points = trend(asked(lived.home))
    for kind, counter in (("yellow", "yellow_open"), ("returnee", "returnee_open")):
        assert len(points[kind]) == 14
        assert points[kind] == [
            (day, count(counter, asked(lived.home, day))) for day, _number in points[kind]
        ]
    assert [number for _day, number in points["yellow"]][-4:] == [2, 4, 5, 5]


def test_it_begins_a_fortnight_ago_and_ends_today(cast):
    points = trend(asked(cast.home))["yellow"]
    assert points[0][0].isoformat() == "2022-09-23"
    assert points[-1] == (clock.today(), 1)


def test_of_a_grid_alone(lived):
    assert trend(asked(lived.grid2))["yellow"][-1] == (OCTOBER[6], 1)
