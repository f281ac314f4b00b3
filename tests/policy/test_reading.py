"""Entries that cannot be right are refused, and the sentence names file and key."""

import tomllib

import pytest

from app.policy.reading import BadRule, read_rule

GOOD = """
key = "missed_round"
edition = "ninth"
jurisdiction = "CN"
from = 2022-06-28
to = 2022-11-10
words = "未按时参加核酸检测"
source = "通告"
confidence = "M"
[params]
days = 1
whole_period = false
tests = [{ to_h = 24 }]
min_gap_h = 0
make_up_h = 24
stay = "home_wait"
"""


def read(text: str):
    return read_rule("codes.toml", "yellow", tomllib.loads(text))


def test_a_good_entry_is_read_with_its_types():
    rule = read(GOOD)
    assert rule.id == "yellow/missed_round@ninth:CN:2022-06-28"
    assert rule.params.tests[0].to_h == 24


@pytest.mark.parametrize(
    ("was", "wrong", "about"),
    [
        ('source = "通告"', "", "source"),
        ('source = "通告"', 'source = ""', "source"),
        ('confidence = "M"', 'confidence = "sure"', "confidence"),
        ('jurisdiction = "CN"', 'jurisdiction = "Taiyuan"', "jurisdiction"),
        ("to = 2022-11-10", "to = 2022-01-01", "ends before it begins"),
        ("from = 2022-06-28", 'from = "2022-06-28"', "from"),
        ("days = 1", 'days = "1"', "days"),
        ("days = 1", "days = true", "days"),
        ("days = 1", "days = 0", "one day"),
        ("days = 1", "", "days missing"),
        ("days = 1", "days = 1\ndayz = 2", "dayz"),
        ("to_h = 24", "to_h = 24, day = 1", "either a day or its hours"),
        ("to_h = 24", "till = 24", "till"),
        ('stay = "home_wait"', 'stay = "home_wait"\nday1 = "yesterday"', "day1"),
        ('stay = "home_wait"', 'stay = "home_wait"\ncode = "blue"', "code"),
        ('words = "未按时参加核酸检测"', "words = 7", "words"),
        ('words = "未按时参加核酸检测"', 'title = "未按时"', "title"),
    ],
)
def test_a_wrong_entry_is_named_with_its_file_and_key(was, wrong, about):
    assert was in GOOD
    with pytest.raises(BadRule) as refused:
        read(GOOD.replace(was, wrong))
    assert "codes.toml: yellow missed_round" in str(refused.value)
    assert about in str(refused.value)


def test_a_kind_that_nobody_reads_is_refused():
    with pytest.raises(BadRule, match="no such kind"):
        read_rule("codes.toml", "purple", tomllib.loads(GOOD))


def test_visits_have_either_an_interval_or_slots():
    visits = """
key = "high/heat"
edition = "any"
jurisdiction = "CN"
from = 2022-06-01
words = "高温"
source = "通告"
confidence = "L"
[params]
interval_days = 1
first_days = 0
needs_days = 1
unwell_days = 1
hospital_days = 1
slots = [{ name = "am", from_hour = 0, to_hour = 12 }]
"""
    with pytest.raises(BadRule, match="either an interval or slots"):
        read_rule("care.toml", "visit", tomllib.loads(visits))
    backwards = visits.replace("interval_days = 1", "interval_days = 0").replace(
        "to_hour = 12", "to_hour = 0"
    )
    with pytest.raises(BadRule, match="follow one another"):
        read_rule("care.toml", "visit", tomllib.loads(backwards))
