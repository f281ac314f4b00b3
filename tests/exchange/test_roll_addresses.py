"""Where the people of a roll live: written in columns or in one cell, in full or in short."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from app.domain.places import Area, Building, Household
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.db import session
from tests.exchange.sheets import named, number, person, roll, states, take, whys

HEADS = ("姓名", "身份证号", "住址", "网格", "与户主关系")


def one_cell(*rows) -> bytes:
    return roll(*rows, heads=HEADS)


@pytest.mark.parametrize(
    "address",
    [
        "二轻小区2号楼1单元601",
        "二轻小区 2号楼 1单元 601室",
        "二轻小区2-1-601",
        "二轻小区2#1-601",
        "二轻小区二号楼一单元六零一",
        "山西省太原市迎泽区迎泽街道办事处南内环街12号二轻小区2号楼1单元601",
        "２－１－６０１",
    ],
)
def test_one_cell_says_the_door(app, cast, address):
    report = take(one_cell(("张一", number(1), address, "第1网格", None)), cast)
    assert named("张一").household.address == "二轻小区 2号楼 1单元 601", whys(report)


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"楼号": "3", "单元": "", "房号": "0501"}, "二轻小区 3号楼 501"),
        ({"楼号": "3栋", "单元": "二", "房号": "501室"}, "二轻小区 3栋 2单元 501"),
        ({"楼号": "A", "单元": None, "房号": "1203"}, "二轻小区 A座 1203"),
        ({"楼号": "平房8排", "单元": None, "房号": "3号"}, "二轻小区 平房8排 3"),
        ({"楼号": "5", "单元": None, "房号": "5楼东户"}, "二轻小区 5号楼 5楼东户"),
        ({"楼号": "东2号楼", "单元": "1", "房号": "601"}, "二轻小区 东2号楼 1单元 601"),
        ({"楼号": None, "单元": None, "房号": "12"}, "二轻小区 12"),
        (
            {"小区": None, "楼号": "南楼小院3号楼", "单元": 1, "房号": 101},
            "南楼小院 3号楼 1单元 101",
        ),
    ],
)
def test_columns_say_the_door(app, cast, cells, address):
    report = take(roll(person(1, "张一", **cells)), cast)
    assert named("张一").household.address == address, whys(report)
    assert named("张一").household.address_known
    assert states(take(roll(person(1, "张一", **cells)), cast)) == ["known"]


def test_rows_of_one_door_written_differently_are_one_family(app, cast):
    rows = [
        ("张一", number(1), "二轻小区2号楼1单元601", "1", "户主"),
        ("张二", number(2), "南内环街12号二轻小区2-1-601", "1", "配偶"),
        ("张三", number(3), "2-1-601", "1", "子女"),
    ]
    take(one_cell(*rows), cast)
    assert len({named(name).household_id for name in ("张一", "张二", "张三")}) == 1


def test_compounds_with_like_names_stay_apart(app, cast):
    compounds = ("教师公寓", "新教师公寓", "8号院", "五一路8号院", "宿舍", "铁路宿舍")
    rows = [
        (f"张{sign}", number(n), f"{compound}2-1-601", "1", None)
        for n, (sign, compound) in enumerate(zip("一二三四五六", compounds, strict=True))
    ]
    take(one_cell(*rows), cast)
    homes = [named(f"张{sign}").household for sign in "一二三四五六"]
    assert [home.building.compound for home in homes] == list(compounds)


def test_an_address_that_nobody_can_read_is_kept_and_shown(app, cast):
    rows = [
        ("张一", number(1), "锅炉房后面小屋", "第2网格", "户主"),
        ("张二", None, "锅炉房后面小屋", "第2网格", "配偶"),
        ("张三", number(3), None, None, "户主"),
    ]
    report = take(one_cell(*rows), cast)
    assert states(report) == ["added"] * 3
    home = named("张一").household
    assert (home.address, home.address_known) == ("锅炉房后面小屋", False)
    assert named("张二").household is home and home.grid is cast.grid2
    assert named("张三").household.address == "" and named("张三").grid is None
    assert "待核实" in whys(report)[0] and "未分网格" in whys(report)[2]


def test_a_known_door_is_not_lost_for_an_unreadable_address(app, cast):
    known, home = cast.plain, cast.plain.household_id
    report = take(one_cell((known.name, known.id_number, "锅炉房后面", None, None)), cast)
    assert states(report) == ["known"]
    assert named(known.name).household_id == home
    assert "没有改" in whys(report)[0]


def test_a_building_in_two_compounds_is_not_guessed(app, cast):
    content = one_cell(("张一", number(1), "2-1-601", None, None))
    report = take(content, cast)  # 二轻小区 and 水利厅宿舍 both have a 2号楼
    assert states(report) == ["added"]
    assert not named("张一").household.address_known
    assert "分不清是哪个小区" in whys(report)[0]
    assert states(take(content, cast)) == ["known"]


def test_the_grid_tells_which_compound_is_meant(app, cast):
    take(one_cell(("张一", number(1), "2-1-601", "第2网格", None)), cast)
    assert named("张一").household.address == "水利厅宿舍 2号楼 1单元 601"


def test_two_grids_with_the_same_doors_are_not_mixed_up(app, cast):
    rows = [
        ("张一", number(1), "7-1-601", "第1网格", None),
        ("张二", number(2), "7-1-601", "第2网格", None),
    ]
    assert states(take(one_cell(*rows), cast)) == ["added", "added"]
    first, second = named("张一").household, named("张二").household
    assert first is not second
    assert (first.grid, second.grid) == (cast.grid1, cast.grid2)
    assert states(take(one_cell(*rows), cast)) == ["known"] * 2


def test_a_merged_address_counts_for_the_whole_family(app, cast):
    rows = [
        ("张一", number(1), "二轻小区2-1-601", "第1网格", "户主"),
        ("张二", number(2), None, None, "妻"),
        ("张三", number(3), None, None, "户主"),
    ]
    report = take(one_cell(*rows), cast)
    assert named("张二").household is named("张一").household
    assert "按上一行同户" in whys(report)[1]
    assert not named("张三").household.address_known


def test_an_address_that_became_a_date_is_unknown(app, cast):
    report = take(one_cell(("张一", number(1), datetime(2022, 3, 1), "1", None)), cast)
    assert not named("张一").household.address_known
    assert "变成了日期" in whys(report)[0]


@pytest.mark.parametrize(
    "grid", ["第2网格", "2", 2, 2.0, "二", "网格2", "1401060010020002", "第二网格"]
)
def test_a_grid_by_name_number_or_code(app, cast, grid):
    take(one_cell(("张一", number(1), "小院3-1-101", grid, None)), cast)
    assert named("张一").grid is cast.grid2


def test_a_grid_by_the_name_after_its_number(app, cast):
    cast.grid2.name = "第2网格·水利厅宿舍"
    session.commit()
    rows = [
        ("张一", number(1), "小院3-1-101", "水利厅宿舍", None),
        ("张二", number(2), "小院4-1-101", "第2网格", None),
    ]
    take(one_cell(*rows), cast)
    assert named("张一").grid is named("张二").grid is cast.grid2


def test_without_a_grid_the_building_s_counts(app, cast):
    rows = [
        ("张一", number(1), "二轻小区2-1-601", None, None),
        ("张二", number(2), "新院9-1-101", "第2网格", None),
        ("张三", number(3), "新院9-1-102", None, None),
        ("张四", number(4), "别院9-1-102", "第8网格", None),
    ]
    report = take(one_cell(*rows), cast)
    grids = [named(name).grid for name in ("张一", "张二", "张三", "张四")]
    assert grids == [cast.grid1, cast.grid2, cast.grid2, None]
    assert "没有“第8网格”这个网格" in whys(report)[3] and "未分网格" in whys(report)[3]


def test_whoever_moves_takes_open_cases_and_tasks_along(app, cast):
    elder = cast.elder
    row = (elder.name, elder.id_number, "水利厅宿舍2-1-901", "第2网格", None)
    assert states(take(one_cell(row), cast)) == ["updated"]
    tasks = session.scalars(select(Task).where(Task.resident_id == elder.id, Task.state == "open"))
    assert {task.grid_id for task in tasks} == {cast.grid2.id}
    assert cast.elder.grid is cast.elder_case.grid is cast.grid2
    assert cast.elder_case.household_id == cast.elder.household_id


def test_a_door_in_another_grid_takes_everybody_along(app, cast):
    mate = Resident(
        community_id=cast.home.id, grid_id=cast.grid1.id, household_id=cast.plain.household_id
    )
    mate.set_name("同住人")
    session.add(mate)
    session.commit()
    row = (cast.plain.name, cast.plain.id_number, "二轻小区2-1-302", "第2网格", None)
    assert states(take(one_cell(row), cast)) == ["updated"]
    assert named("同住人").grid is cast.plain.household.grid is cast.grid2


def test_the_neighbours_are_another_community(app, cast):
    row = (cast.stranger.name, cast.stranger.id_number, "二轻小区2-1-401", "第1网格", None)
    assert states(take(one_cell(row), cast)) == ["added"]
    assert session.scalar(select(func.count()).select_from(Resident)) == 7
    ours = select(Building).where(Building.community_id == cast.home.id)
    assert {building.compound for building in session.scalars(ours)} == {"二轻小区", "水利厅宿舍"}
    assert cast.stranger.community_id == cast.next_door.id


def test_a_community_without_anything_begins_with_its_roll(app, cast):
    community = Area.add(code="140106001009", name="新社区", level="community", parent=cast.street)
    cast.director.area = community
    session.commit()
    rows = [
        ("张一", number(1), "桃园小区1-1-101", None, "户主"),
        ("张二", number(2), "1-1-102", None, "户主"),
    ]
    content = one_cell(*rows)
    report = take(content, cast, into=community)
    assert states(report) == ["added"] * 2
    homes = session.scalars(select(Household).where(Household.community_id == community.id))
    assert {home.address for home in homes} == {
        "桃园小区 1号楼 1单元 101",
        "桃园小区 1号楼 1单元 102",
    }
