"""Days and times as people write them, read from the day the list came."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.exchange.values.moments import is_two_days, read_moment

CAME = date(2022, 10, 6)


def read(cell) -> str:
    return str(read_moment(cell, near=CAME))


@pytest.mark.parametrize(
    ("cells", "moment"),
    [
        (
            ["10.6", 10.6, "10月6日", "10月6号", "十月六日", "2022/10/6 0:00", "22.10.6"],
            "2022-10-06",
        ),
        ([44840, 44840.0, "44840", "20221006", 20221006.0, "10/6/2022", "今天"], "2022-10-06"),
        (["2022年10月6日", "10月6日（周四）", datetime(2022, 10, 6), CAME], "2022-10-06"),
        (["6号晚10点", "10.6 22:00", "2022-10-06 22:00:15", "6日22时许"], "2022-10-06T22:00"),
        (["10月6日下午3点半", "2022/10/6 15:30", 44840.645833], "2022-10-06T15:30"),
        (["10.5 24:00", "2022.10.5 24时"], "2022-10-06"),
        (["昨晚8点"], "2022-10-05T20:00"),
        (["12.31"], "2022-12-31"),
        (["1.2"], "2023-01-02"),
        (["31号"], "2022-10-31"),
    ],
)
def test_a_day_is_read_however_it_is_written(cells, moment):
    assert [read(cell) for cell in cells] == [moment] * len(cells)


@pytest.mark.parametrize(
    "cell",
    [None, "", "无", "10月", "2022年10月", 2022, "13.5", "2022/13/1", "13800000000", "10.1-10.8",
     True, "星期四", "6号25点", "5/6/2022 或 6/5/2022", 1.5e300, "G107"],
)  # fmt: skip
def test_what_is_no_day_is_not_made_one(cell):
    assert read(cell) == "None"


def test_a_nought_that_a_number_cell_may_have_lost_is_not_guessed():
    assert read(10.1) == "None" and is_two_days(10.1)
    assert read("10.1") == "2022-10-01" and not is_two_days("10.1")
    assert read(10.4) == "2022-10-04"


@given(some.integers(-180, 180), some.times())
def test_every_near_day_is_read_back_from_every_way_of_writing(days, at):
    day, minute = CAME + timedelta(days), at.replace(second=0, microsecond=0)
    ways = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y年%m月%d日",
        "%m月%d日",
        "%m-%d",
        "%m.%d",
        "%Y%m%d",
        "%y.%m.%d",
    ]
    assert {read_moment(day.strftime(way), near=CAME).day for way in ways} == {day}
    stamped = read_moment(datetime.combine(day, minute).strftime("%Y-%m-%d %H:%M:%S"), near=CAME)
    assert (stamped.day, stamped.at or time(0)) == (day, minute)


@given(some.text() | some.floats() | some.integers() | some.none())
def test_whatever_stands_in_a_cell_nothing_breaks(cell):
    assert read_moment(cell, near=CAME) is None or read_moment(cell, near=CAME).day
