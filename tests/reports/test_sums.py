"""The sums of any area: its parts add up, the reader sees only her own, nobody is named."""

import pytest

from app.lib import clock
from app.reports.counters import asked, count
from app.reports.sums import SHOWN, area_within, case_within, nameless, sums


@pytest.mark.parametrize("level", ["city", "district", "street", "home"])
def test_the_parts_of_an_area_and_the_rest_are_the_whole(lived, level):
    whole = sums(getattr(lived, level), seen_by=lived.city_official)
    for name in SHOWN:
        assert sum(whole.of(part, name) for part in whole.rows()) == whole.now(name), name


def test_every_level_counts_the_same_people(lived):
    levels = [lived.city, lived.district, lived.street, lived.home]
    counted = [sums(area, seen_by=lived.city_official).now("yellow_open") for area in levels]
    assert counted == [5, 5, 5, 5]


def test_a_grid_has_no_parts_but_its_own_sums(lived):
    grid = sums(lived.grid2, seen_by=lived.city_official)
    assert (grid.parts, grid.now("yellow_open")) == ([], 1)


def test_yesterday_stands_beside(lived):
    here = sums(lived.home, seen_by=lived.official)
    assert here.before("elder_seen_today") == 1
    assert here.before("yellow_open") == count("yellow_open", asked(lived.home).the_day_before())


def test_the_way_up_ends_at_the_readers_own_area(lived):
    def way(user):
        return [area.name for area in sums(lived.grid1, seen_by=user).above]

    assert way(lived.official) == ["迎泽街道", "南内环街二社区"]
    assert way(lived.city_official) == ["太原市", "迎泽区", "迎泽街道", "南内环街二社区"]


def test_an_official_finds_only_what_lies_under_her_own_area(lived):
    assert area_within(lived.official, None) == lived.street
    assert area_within(lived.official, lived.grid1.code) == lived.grid1
    assert area_within(lived.official, lived.district.code) is None
    assert area_within(lived.official, "999") is None
    assert case_within(lived.official, lived.yellow_case.id) == lived.yellow_case
    assert case_within(lived.director, 0) is None


def test_the_rows_of_a_number_come_in_pages_with_their_places(lived):
    found, total, places = nameless("yellow_open", asked(lived.city), 1)
    assert len(found) == total == 5
    assert {places[case.community_id] for case in found} == {"南内环街二社区"}
    assert nameless("yellow_open", asked(lived.city), 2)[0] == []


def test_a_community_that_closed_yesterday_is_known(lived):
    assert sums(lived.street, seen_by=lived.official).closed == set()
    assert clock.today().day == 6
