"""The times of entries, set right: whatever a phone's clock shows, they are sane and in order."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.clocks import EARLIEST, Shown, ahead, set_right
from tests.cast import MORNING

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
CONTACT = MORNING - 10 * HOUR  # the phone last heard from us last evening
SPANS = st.timedeltas(timedelta(days=-400), timedelta(days=400))


def hours(*ago: float, wrong: timedelta = timedelta(0), after: datetime | None = CONTACT) -> list:
    """Entries written so many hours ago, on a clock that is wrong."""
    return [Shown(MORNING - hour * HOUR + wrong, after) for hour in ago]


def right(told: list, wrong: timedelta = timedelta(0)) -> list[float]:
    """How many hours ago they were, as we see it; `wrong` is the clock's error on sending."""
    off = ahead(MORNING + wrong, MORNING)
    return [(MORNING - time) / HOUR for time in set_right(told, off, MORNING)]


@pytest.mark.parametrize("wrong", [YEAR, -YEAR, HOUR, -HOUR, timedelta(seconds=90)])
def test_a_clock_that_is_wrong_all_the_time_is_set_right(wrong):
    expected = [4, 3, 3, 1] if abs(wrong) >= HOUR else [3.975, 2.975, 2.975, 0.975]
    assert right(hours(4, 3, 3, 1, wrong=wrong), wrong) == pytest.approx(expected)


@pytest.mark.parametrize("wrong", [YEAR, -YEAR])
def test_a_clock_that_was_set_right_before_sending_wrongs_only_the_entries_before(wrong):
    told = hours(5, wrong=wrong) + hours(3, 1)
    assert right(told) == [3, 3, 1]


@pytest.mark.parametrize("wrong", [YEAR, -YEAR])
def test_a_clock_that_went_wrong_before_sending_wrongs_nothing(wrong):
    assert right(hours(5, 3, 1), wrong) == [5, 3, 1]


@pytest.mark.parametrize("wrong", [YEAR, -YEAR, 2.5 * HOUR])
def test_one_jump_in_between_moves_none_of_its_neighbours(wrong):
    told = hours(5, 4) + hours(3, wrong=wrong) + hours(2, 1)
    found = right(told)
    assert (found[:2], found[3:]) == ([5, 4], [2, 1]) and 2 <= found[2] <= 4


def test_what_jumps_to_and_fro_keeps_its_order_and_its_bounds():
    told = [
        Shown(MORNING + wrong, CONTACT) for wrong in (YEAR, -YEAR, -5 * HOUR, 3 * YEAR, -HOUR, YEAR)
    ]
    assert right(told) == [5, 5, 5, 5, 1, 1]


def test_nothing_is_older_than_the_last_contact_nor_younger_than_the_next():
    """Entry one was written before the phone heard from us five hours ago, entry two after it."""
    told = hours(3, after=CONTACT) + hours(7, after=MORNING - 5 * HOUR)
    assert right(told) == [5, 5]


def test_what_cannot_be_known_lies_as_near_as_can_be():
    assert right(hours(20)) == [10]  # before the last contact: right after it
    assert right(hours(-5)) == [0]
    assert right([Shown(EARLIEST - YEAR, None)]) == [0]
    assert right([Shown(EARLIEST - YEAR, CONTACT)]) == [0]


def test_an_older_script_that_tells_no_contact_is_served_as_well():
    assert right(hours(200, 3, after=None)) == [200, 3]


@given(
    st.lists(st.tuples(SPANS, st.none() | st.timedeltas(timedelta(0), timedelta(days=30)))),
    st.none() | SPANS,
)
def test_whatever_a_clock_shows_the_times_are_sane(entries, wrong):
    told = [Shown(MORNING + shown, MORNING - ago if ago else None) for shown, ago in entries]
    off = ahead(MORNING + wrong if wrong is not None else None, MORNING)
    times = set_right(told, off, MORNING)
    assert len(times) == len(told)
    assert all(one <= other for one, other in pairwise(times))
    assert all(shown.earliest <= time <= MORNING for shown, time in zip(told, times, strict=True))


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=9))), st.data())
def test_of_right_times_most_survive_whatever_is_between_them(ago, data):
    """Right entries among wrong ones keep their times, as long as they are the more."""
    truth = [Shown(MORNING - span, MORNING - timedelta(days=10)) for span in sorted(ago)[::-1]]
    most = (len(truth) - 1) // 2
    spoilt = data.draw(st.sets(st.integers(0, max(len(truth) - 1, 0)), max_size=max(most, 0)))
    told = [Shown(s.at + YEAR, s.after) if n in spoilt else s for n, s in enumerate(truth)]
    times = set_right(told, timedelta(0), MORNING)
    assert all(times[n] == shown.at for n, shown in enumerate(truth) if n not in spoilt)
