"""Which rule is found: by edition, place and day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.policy.rulebook import RULES, BadRule, NoRule, Rulebook, load
from tests.policy.casework import YINGZE, day

KINDS = ("high", "key", "general")
SITUATIONS = ("ordinary", "silent", "heat", "storm", "cold")


def keys(kind, edition, place=YINGZE, on=None):
    on = on or RULES.editions[edition].until or date(2024, 1, 1)
    return [reason.key for reason in RULES.reasons(kind, edition, place, on)]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2022, 1, 1), "ninth"),
        (date(2022, 6, 28), "ninth"),
        (date(2022, 11, 10), "ninth"),
        (date(2022, 11, 11), "twenty"),
        (date(2022, 12, 6), "twenty"),
        (date(2022, 12, 7), "ten"),
        (date(2023, 1, 7), "ten"),
        (date(2023, 1, 8), "class-B"),
        (date(2030, 1, 1), "class-B"),
    ],
)
def test_the_edition_in_force(on, edition):
    assert RULES.edition_on(on) == edition


def test_editions_follow_one_another_without_a_gap():
    editions = list(RULES.editions.values())
    for one, following in zip(editions, editions[1:], strict=False):
        assert one.until + timedelta(days=1) == following.since
    assert editions[-1].until is None


def test_under_class_b_nobody_is_coloured_and_care_goes_on():
    assert keys("yellow", "class-B") == []
    assert keys("returnee", "class-B") == []
    assert "lone" in keys("elder", "class-B")
    assert "flood" in keys("incident", "class-B")
    assert "turned_yellow" not in keys("incident", "class-B")


def test_the_reasons_of_a_table_hold_on_its_days_only():
    assert "green" not in keys("returnee", "ninth", on=date(2022, 7, 1))
    assert "green" in keys("returnee", "ninth", on=day(6))
    assert "green" not in keys("returnee", "twenty")


def test_the_nearest_place_wins():
    in_shanxi = RULES.rule("returnee", "red", "ninth", YINGZE, day(6))
    elsewhere = RULES.rule("returnee", "red", "ninth", "320102", day(6))
    assert (in_shanxi.jurisdiction, elsewhere.jurisdiction) == ("140000", "CN")
    assert RULES.rule("returnee", "red", "ninth", "140000", day(6)) == in_shanxi
    assert RULES.rule("returnee", "red", "ninth", "CN", day(6)) == elsewhere


def test_a_code_of_nine_or_twelve_digits_lies_in_its_district():
    for place in ("140106", "140106003", "140106003012"):
        assert RULES.appeal("ninth", place, day(6)).jurisdiction == "140100"


def test_the_label_and_the_code_of_a_reason_are_told_apart():
    reason = RULES.reason("returnee", "yellow", "ninth", YINGZE, day(6))
    assert (reason.label, reason.code) == ("yellow", "yellow")
    assert RULES.reason("returnee", "blue1", "ninth", YINGZE, day(6)).code == ""
    assert RULES.reason("yellow", "missed_round", "ninth", YINGZE, day(6)).label == ""


def test_a_reason_that_the_edition_does_not_have_is_refused_with_a_sentence():
    with pytest.raises(NoRule) as refused:
        RULES.reason("yellow", "medium_travel", "twenty", YINGZE, date(2022, 11, 20))
    assert "medium_travel" in str(refused.value.say)
    with pytest.raises(NoRule):
        RULES.by_id("yellow/nothing@ninth:CN:2022-06-28")


def test_an_adopted_edition_holds_as_on_its_nearest_day():
    lagging = date(2022, 11, 20)
    drill = date(2026, 5, 1)
    for on in (lagging, drill):
        assert keys("yellow", "ninth", on=on) == keys("yellow", "ninth")
        rule = RULES.rule("returnee", "red", "ninth", YINGZE, on)
        assert rule.since == date(2022, 8, 1)


def test_rules_of_any_edition_keep_the_real_day_under_an_adopted_one():
    drill = RULES.rule("visit", "general/ordinary", "ninth", YINGZE, date(2026, 5, 1))
    assert drill.params.interval_days == 30


@pytest.mark.parametrize("group", KINDS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_group_has_a_rhythm_in_every_situation(group, situation):
    for edition in RULES.editions:
        assert RULES.rule("visit", f"{group}/{situation}", edition, "CN", day(6))


def test_a_situation_never_asks_for_less_than_ordinary_days():
    for group in KINDS:
        ordinary = RULES.rule("visit", f"{group}/ordinary", "ninth", YINGZE, day(6)).params
        for situation in SITUATIONS[1:]:
            rule = RULES.rule("visit", f"{group}/{situation}", "ninth", YINGZE, day(6)).params
            assert rule.interval_days <= ordinary.interval_days
            assert rule.first_days <= ordinary.first_days


@settings(deadline=None)
@given(st.sampled_from(RULES.entries), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_lookup_by_an_edition_never_fails_for_its_own_keys(entry, on):
    found = RULES.rule(entry.kind, entry.key, entry.edition, entry.jurisdiction, on)
    assert (found.kind, found.key, found.edition) == (entry.kind, entry.key, entry.edition)
    assert RULES.by_id(found.id) == found


@settings(deadline=None)
@given(
    st.sampled_from(sorted(RULES.editions)),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["yellow", "returnee", "elder", "incident"]),
)
def test_every_reason_on_a_list_has_its_rule_its_words_and_an_appeal(edition, on, kind):
    for reason in RULES.reasons(kind, edition, YINGZE, on):
        assert reason.words
        assert RULES.reason(kind, reason.key, edition, YINGZE, on) == reason
        assert RULES.rule(kind, reason.key, edition, YINGZE, on).id == reason.rule
        assert RULES.appeal(edition, YINGZE, on).appeal


def test_every_measure_a_control_names_exists():
    for rule in RULES.entries:
        if stay := getattr(rule.params, "stay", None):
            assert RULES.rule("isolation", stay, rule.edition, rule.jurisdiction, rule.since).words


def test_every_entry_says_where_it_comes_from():
    for rule in RULES.entries:
        assert rule.words
        assert rule.source
        assert len(rule.id) <= 60
        assert len(rule.key) <= 40


def test_an_entry_of_an_edition_stands_within_its_days():
    for rule in RULES.entries:
        if edition := RULES.editions.get(rule.edition):
            assert edition.since <= rule.since
            assert (rule.until or date.max) <= (edition.until or date.max)


def test_the_rules_are_read_the_same_twice():
    assert load().entries == RULES.entries


def test_a_city_may_have_its_own_entry():
    national = RULES.rule("yellow", "missed_round", "ninth", YINGZE, day(6))
    params = replace(national.params, days=2)
    own = replace(national, jurisdiction="140106", params=params)
    rules = Rulebook(RULES.editions, (*RULES.entries, own))
    assert rules.rule("yellow", "missed_round", "ninth", YINGZE, day(6)) == own
    assert rules.rule("yellow", "missed_round", "ninth", "140105", day(6)) == national
    assert issubclass(BadRule, ValueError)
