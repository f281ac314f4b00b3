"""Rolls in the shapes that communities keep them in."""

import csv
import io
from datetime import datetime

import pytest

from app.exchange.columns import field_of
from app.lib.idcard import check_digit
from app.lib.refusal import Refused
from tests.exchange.sheets import HEADS, named, number, person, roll, states, take, whys, workbook


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("name", "姓名 姓\u3000名 *姓名 姓名（必填） 居民姓名 人员姓名 被管控人 xm"),
        (
            "id_number",
            "身份证号 身份证号码 证件号码 公民身份号码 身份证 公民身份证号码 sfzh 证件号",
        ),
        ("phone", "电话 手机 手机号 联系电话 联系方式 电话（必填） 本人电话 手机号码 联系电话1"),
        ("compound", "小区 小区名称 所在小区 院落"),
        ("building", "楼号 楼栋 栋号 楼栋号 幢号 楼"),
        ("unit", "单元 单元号"),
        ("room", "房号 室 门牌号 房间号 室号"),
        (
            "address",
            "地址 住址 现住址 现居住地址 家庭住址 详细地址 居住地 现居住地详细地址 楼-单元-室",
        ),
        ("grid", "网格 所属网格 网格编码 网格名称"),
        ("relation", "与户主关系 户主关系 与户主的关系 关系"),
        ("category", "人员类别 人员类型 特殊人群 居民类别"),
        ("born", "出生日期 出生年月 出生年月日"),
        (None, "户主姓名 户籍地址 网格员 网格员电话 紧急联系人 监护人姓名 户号 年龄 民族 序号"),
    ],
)
def test_a_column_is_known_by_any_of_its_names(field, names):
    assert {name: field_of(name) for name in names.split(" ")} == dict.fromkeys(
        names.split(" "), field
    )


def test_the_header_stands_below_a_title(app, cast):
    above = [["南内环街二社区居民花名册（2022年）"], ["填表人：张敏", None, "单位：人"]]
    assert states(take(workbook([*above, HEADS, person(1, "张一")]), cast)) == ["added"]


def test_a_header_may_have_two_rows(app, cast):
    upper = ["序号", "姓名", "公民身份号码", "居住地址", None, None, None, "联系电话"]
    lower = [None, None, None, "小区", "楼栋", "单元", "室", None]
    row = [1, "张一", number(1), "二轻小区", 2, 1, 601, 13903510001]
    report = take(workbook([["花名册"], upper, lower, row]), cast)
    assert states(report) == ["added"]
    assert named("张一").household.address == "二轻小区 2号楼 1单元 601"


def test_cells_may_hold_numbers(app, cast):
    row = person(1, "张一", 电话=13903510001.0, 楼号=2, 单元=1.0, 房号=601, 网格=1)
    assert states(take(roll(row), cast)) == ["added"]
    assert named("张一").phone == "13903510001"
    assert named("张一").household.room.name == "601"


@pytest.mark.parametrize("cell", [140106197103045012, 1.40106197103045e17, "1.40106E+17"])
def test_a_number_that_lost_digits_is_refused_not_repaired(app, cast, cell):
    report = take(roll(person(1, "张一", 身份证号=cell)), cast)
    assert states(report) == ["refused"]
    assert "号码在表格里已丢位" in whys(report)[0]


def test_empty_rows_totals_and_page_headers_are_no_people(app, cast):
    blank = [None] * 5
    rows = [
        person(1, "张一"),
        blank,
        [2, "  ", None],
        list(HEADS),
        person(3, "张三"),
        ["合 计", None, "2人"],
        ["填表说明：以户为单位填写"],
    ]
    report = take(roll(*rows), cast)
    assert states(report) == ["added", "skipped", "added", "skipped", "skipped"]
    assert [line.number for line in report.reading.lines] == [2, 5, 6, 7, 8]
    assert "合计" in whys(report)[3]


@pytest.mark.parametrize(
    ("cell", "phone", "rest"),
    [
        ("138 0351 0001", "13803510001", ""),
        ("１３８０３５１０００１", "13803510001", ""),
        ("+86 138-0351-0001", "13803510001", ""),
        ("13803510001/13803510002", "13803510001", "13803510002"),
        ("13803510001 13803510002", "13803510001", "13803510002"),
        ("13803510001（儿子）", "13803510001", "儿子"),
        ("4120000、13803510002", "13803510002", "4120000"),
        ("0351-4120000", "0351-4120000", ""),
        ("无", None, ""),
        ("——", None, ""),
    ],
)
def test_a_phone_as_people_write_it(app, cast, cell, phone, rest):
    assert states(take(roll(person(1, "张一", 电话=cell)), cast)) == ["added"]
    assert named("张一").phone == phone
    assert rest in (named("张一").note or "") and bool(rest) == bool(named("张一").note)


def test_a_phone_that_is_none_is_refused(app, cast):
    report = take(roll(person(1, "张一", 电话="1380351")), cast)
    assert states(report) == ["refused"]
    assert "电话应为11位手机号" in whys(report)[0]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(1950, 3, 2), "1950-03-02"),
        ("1950.3.2", "1950-03-02"),
        ("1950年3月2日", "1950-03-02"),
        (19500302, "1950-03-02"),
        ("1950/3/2", "1950-03-02"),
        ("1950年3月", "None"),
    ],
)
def test_a_birthday_as_people_write_it(app, cast, cell, day):
    heads = ("姓名", "性别", "出生日期", "住址")
    assert states(take(roll(("张一", "女", cell, "2-1-601"), heads=heads), cast)) == ["added"]
    assert (str(named("张一").born), named("张一").sex) == (day, "2")


def test_the_id_number_counts_where_the_sheet_contradicts_it(app, cast):
    heads = ("姓名", "身份证号", "性别", "出生日期")
    report = take(roll(("张一", number(1), "女", "1950-01-01"), heads=heads), cast)
    assert states(report) == ["added"]
    assert "性别与身份证号不一致" in whys(report)[0] and "出生日期与" in whys(report)[0]
    assert (named("张一").sex, str(named("张一").born)) == ("1", "1971-03-04")


def test_an_unknown_area_in_a_number_is_only_said(app, cast):
    unknown = "990106" + number(1)[6:17]
    report = take(roll(person(1, "张一", 身份证号=unknown + check_digit(unknown))), cast)
    assert states(report) == ["added"]
    assert "990106 不在区划代码表里" in whys(report)[0]


def test_another_paper_goes_into_the_note(app, cast):
    heads = ("姓名", "证件类型", "证件号码", "住址")
    assert states(take(roll(("张一", "护照", "E12345678", "2-1-601"), heads=heads), cast)) == [
        "added"
    ]
    assert (named("张一").id_number, named("张一").note) == (None, "护照：E12345678")


def test_all_sheets_that_have_a_header_are_read(app, cast):
    heads = [head for head in HEADS if head != "网格"]
    rows = [
        [cell for head, cell in zip(HEADS, person(n), strict=True) if head != "网格"]
        for n in (1, 2)
    ]
    content = workbook(
        [["说明", "怎么填"]],
        [heads, rows[0]],
        [heads, rows[1]],
        titles=("填表说明", "第1网格", "第2网格"),
    )
    report = take(content, cast)
    assert states(report) == ["added", "added"]
    assert report.reading.unread == ["填表说明"]
    assert [row.sheet for row in report.rows] == ["第1网格", "第2网格"]
    assert named("张丙").grid is cast.grid2


def table(encoding: str, *, separator: str = ",") -> bytes:
    written = io.StringIO()
    rows = csv.writer(written, delimiter=separator)
    rows.writerow(HEADS)
    rows.writerow(person(1, "张一", 身份证号=f"'{number(1)}"))
    rows.writerow(person(2, "张二", 身份证号=f'="{number(2)}"'))
    return written.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gbk", ","), ("gb18030", "\t"), ("utf-16", "\t")],
)
def test_a_comma_file_in_any_encoding(app, cast, encoding, separator):
    report = take(table(encoding, separator=separator), cast, name="名册.CSV")
    assert states(report) == ["added", "added"], whys(report)
    assert named("张一").id_number == number(1)


def test_a_file_without_a_header_is_refused_whole(app, cast):
    with pytest.raises(Refused, match="没有找到表头"):
        take(workbook([["张一", "在家"], ["张二", "不在家"]]), cast)


def test_a_table_may_begin_with_its_first_person(app, cast):
    rows = [["王一", number(1), "2-1-601"], ["王二", number(2), "2-1-601"]]
    assert states(take(workbook(rows), cast)) == ["added", "added"]


def test_ten_thousand_characters_are_given_back(app, cast):
    rows = [person(1, "张" * 10_000), person(2, "张二", 房号="6" * 10_000)]
    report = take(roll(*rows, person(3, "张三", 人员类别="常" * 10_000)), cast)
    assert states(report) == ["refused"] * 3
    assert all("最多写" in why for why in whys(report))
