"""`flask areas import`: the tree of places from a list, all of it or nothing."""

import pytest
from sqlalchemy import func, select

from app.domain.places import Area, area_by_code
from app.exchange.area_list import SHIPPED
from app.lib.db import db, session

HEAD = "code,name,level,parent,from,to"
# Below the cast's 迎泽街道.
NEW = "140106001007,新社区,community,140106001,,"


@pytest.fixture
def run(app, tmp_path):
    """Import a list: its lines below the head, or any bytes; without lines the shipped one."""

    def command(*lines: str, content: bytes = b""):
        file = tmp_path / "areas.csv"
        file.write_bytes(content or "\n".join((HEAD, *lines)).encode())
        told = [str(file)] if lines or content else []
        done = app.test_cli_runner().invoke(args=["areas", "import", *told])
        session.rollback()
        return done

    return command


@pytest.fixture
def empty(app):
    session.remove()
    db.drop_all()
    db.create_all()
    session.commit()


def places() -> int:
    return session.scalar(select(func.count()).select_from(Area))


def test_taiyuan_is_shipped(empty, run):
    done = run()
    assert (done.exit_code, done.output) == (0, "新增 12，更新 0，未变 0。\n")
    assert places() == 12
    assert [area.name for area in area_by_code("140100").under("district")][:2] == [
        "小店区",
        "迎泽区",
    ]
    assert area_by_code("140106").path == "140000/140100/140106/"


def test_twice_it_changes_nothing(empty, run):
    run()
    assert run().output == "新增 0，更新 0，未变 12。\n"
    assert places() == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_another_city_however_its_list_was_saved(empty, run, encoding):
    lines = (
        HEAD,
        "140000,山西省,province,,,",
        "140200,大同市,city,140000,,",
        "140213,平城区,district,140200,2018-02-09,",
        "140213001,南关街道,subdistrict,140213,,",
        "140213001001,一社区,community,140213001,,",
        "1402130010010001,第1网格,grid,140213001001,2020-01-01,2022-09-30",
    )
    done = run(content="\r\n".join(lines).encode(encoding))
    assert done.output == "新增 6，更新 0，未变 0。\n"
    assert area_by_code("140213001").name == "南关街道"
    grid = area_by_code("1402130010010001")
    assert (str(grid.begins), str(grid.ends)) == ("2020-01-01", "2022-09-30")
    assert grid.path.startswith("140000/140200/140213/140213001/140213001001/")


def test_it_may_be_divided_by_tabs_and_have_empty_lines(run):
    told = f"{HEAD}\n\n{NEW}\n,,,,,\n".replace(",", "\t")
    assert run(content=told.encode()).output == "新增 1，更新 0，未变 0。\n"


def test_the_districts_of_a_city_like_beijing_lie_in_the_province(empty, run):
    done = run("110000,北京市,province,,,", "110101,东城区,district,110000,,")
    assert done.output == "新增 2，更新 0，未变 0。\n"


def test_a_place_is_renamed_and_dated_and_keeps_its_place(run, cast):
    done = run("140106001002,南内环街第二社区,community,140106001,2022-01-01,")
    assert done.output == "新增 0，更新 1，未变 0。\n"
    assert (cast.home.name, str(cast.home.begins)) == ("南内环街第二社区", "2022-01-01")
    assert cast.home.parent is cast.street


REFUSED = [
    ("140106001009,,community,140106001,,", "名称不能空着。"),
    ("140106001009,　,community,140106001,,", "名称不能空着。"),
    (f"140106001009,{'长' * 61},community,140106001,,", "名称最多写 60 个字。"),
    ("140106001009,新社区,village,140106001,,", "不认识的级别：village"),
    ("14010600100x,新社区,community,140106001,,", "代码应全是数字：14010600100x"),
    ("１４０１０６００１００９,新社区,community,140106001,,", "代码应全是数字："),
    (",新社区,community,140106001,,", "代码应全是数字："),
    ("1401060010,新社区,community,140106001,,", "代码应是 12 位数字。"),
    ("14010600,新街道,subdistrict,140106,,", "代码应是 9 位数字。"),
    ("1401061,新区,district,140100,,", "代码应是 6 位数字。"),
    ("140106001002,新网格,grid,140106001002,,", "代码应是 13–24 位数字。"),
    (f"{'1' * 25},新网格,grid,140106001002,,", "代码应是 13–24 位数字。"),
    ("140106001009,新社区,community,140106999,,", "上级 140106999 还不在表里"),
    ("140106001009,新社区,community,140106001009,,", "上级 140106001009 还不在表里"),
    ("140106001009,新社区,community,,,", "级别是 community 的要写上级。"),
    ("140106009,新街道,subdistrict,,,", "级别是 subdistrict 的要写上级。"),
    ("140106001009,新社区,community,140106,,", "级别是 community 的不能放在级别是 district 的下面"),
    ("140109,新区,district,140106001,,", "级别是 district 的不能放在级别是 subdistrict 的下面"),
    ("140000,山西省,province,140100,,", "级别是 province 的不能放在级别是 city 的下面"),
    ("1401060010020009,网格,grid,1401060010020001,,", "级别是 grid 的不能放在级别是 grid 的下面"),
    ("140106001009,新社区,community,140106001,2022/10/6,", "日期写法不对，例如 2022-10-06。"),
    ("140106001009,新社区,community,140106001,,2022-02-30", "日期写法不对，例如 2022-10-06。"),
    (
        "140106001009,新社区,community,140106001,2022-10-07,2022-10-06",
        "开始日期比结束日期晚，请核对 from 和 to。",
    ),
    (
        "1401060010020001,第1网格,grid,140106001003,,",
        "表里已有这个代码，上级是 140106001002，不能改。",
    ),
    ("140100,太原市,province,,,", "表里已有这个代码，级别是 city，不能改。"),
    ("140106001007,重复社区,community,140106001,,", "代码 140106001007 在第 2 行已有。"),
]


@pytest.mark.parametrize("line, why", REFUSED)
def test_a_wrong_line_is_named_and_nothing_is_kept(run, cast, line, why):
    before = places()
    done = run(NEW, "140106001,改名街道,subdistrict,140106,,", line)
    assert done.exit_code == 1
    assert f"第 4 行：{why}" in done.output
    assert "有错误，什么也没有改。" in done.output
    assert (places(), cast.street.name) == (before, "迎泽街道")


def test_every_wrong_line_is_said_at_once(run):
    done = run("x,甲,community,140106001,,", NEW, "140106001008,,community,140106001,,")
    assert "第 2 行：代码应全是数字：x\n第 4 行：名称不能空着。\n" in done.output


def test_a_city_that_stands_without_a_province_is_not_moved_into_one(run, cast):
    done = run()
    assert "第 3 行：表里已有这个代码，没有上级，不能改。" in done.output
    assert cast.city.parent is None and area_by_code("140000") is None


@pytest.mark.parametrize("content", [b"code;name\n1;2\n", b"\n", b" "])
def test_missing_columns_are_named(run, content):
    done = run(content=content)
    assert done.exit_code == 1 and "第 1 行：缺少列：" in done.output and "parent" in done.output


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x00\x00\xff\xfe", b"\xff\xff\xff", b"\xff\xfe\x00"]
)
def test_a_file_that_cannot_be_read_is_one_sentence(run, content):
    done = run(content=content)
    assert done.exit_code == 1
    assert done.output.startswith("Error: 认不出这个文件的文字") and done.output.count("\n") == 1


def test_a_file_that_is_not_there_is_said(app):
    done = app.test_cli_runner().invoke(args=["areas", "import", "nowhere.csv"])
    assert done.exit_code == 2 and "nowhere.csv" in done.output


def test_the_shipped_list_is_plain_text():
    assert SHIPPED.read_text(encoding="utf-8").startswith(HEAD + "\n")
