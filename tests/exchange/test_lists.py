"""Lists that others send: whom their rows mean, where they live, and what they become."""

import pytest
from sqlalchemy import func, select

from app.domain.cases import Case, open_case_of
from app.domain.checks import Check
from app.domain.places import Area
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.shops import Shop
from app.domain.tasks import Task
from app.exchange.lists.guessing import guessed_kind
from app.exchange.lists.reasons import origin_of
from app.lib.db import session
from tests.exchange.pushed_sheets import rows_of, states_of, take_file, take_list, whys_of
from tests.exchange.sheets import named, number, workbook

RETURNEES = [
    "序号",
    "姓名",
    "身份证号",
    "联系电话",
    "返并时间",
    "来自",
    "车次",
    "现住址",
    "管控措施",
]
HOME = "二轻小区2号楼1单元601"


def counted(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model))


def returnee(name: str, sequence: int, **cells):
    usual = [sequence, name, number(sequence), f"1390351{sequence:04d}"]
    usual += ["10.5", "吕梁离石", "G602", HOME, "3天3检"]
    told = dict(zip(RETURNEES, usual, strict=True))
    return list((told | cells).values())


def test_a_returnee_gets_a_case_with_its_papers_and_tasks(app, cast):
    kept = take_list("returnee", ["返并人员台账"], RETURNEES, returnee("张一", 1), cast=cast)
    assert states_of(kept) == ["work"], whys_of(kept)
    row, person = rows_of(kept)[0], named("张一")
    case = session.get(Case, row.case_id)
    assert (case.resident_id, case.kind, case.came_from) == (person.id, "returnee", "14")
    assert case.rule and case.ends_on and case.reason == "blue1"
    assert session.get(Record, row.record_id).via == "file"
    assert session.scalars(select(Task).where(Task.case_id == case.id)).all()
    assert person.household.address == "二轻小区 2号楼 1单元 601" and person.grid is cast.grid1


def test_the_same_file_again_changes_nothing(app, cast):
    content = workbook([RETURNEES, returnee("张一", 1)])
    first = take_file("returnee", content, cast=cast)
    before = counted(Record), counted(Resident), counted(Case)
    assert take_file("returnee", content, cast=cast).id == first.id
    saved_anew = take_list("returnee", ["台账"], RETURNEES, returnee("张一", 1), cast=cast)
    assert states_of(saved_anew) == ["joined"]
    assert (counted(Record), counted(Resident), counted(Case)) == before


def test_a_second_list_joins_the_work_that_is_open(app, cast):
    known = cast.returnee
    row = returnee(known.name, 1, 身份证号=known.id_number, 现住址="")
    kept = take_list("returnee", RETURNEES, row, cast=cast)
    assert states_of(kept) == ["joined"]
    assert rows_of(kept)[0].case_id == cast.returnee_case.id


def test_people_are_known_by_number_then_phone_then_door(app, cast):
    yellow, plain, elder = cast.yellow, cast.plain, cast.elder
    heads = ["姓名", "身份证号", "电话", "地址"]
    kept = take_list(
        "check",
        heads,
        [yellow.name, yellow.id_number.lower(), "", ""],
        [plain.name, "", f" {plain.phone[:3]} {plain.phone[3:]}", ""],
        [elder.name, "", "13911112222", "二轻小区2-1-101"],
        ["", "", cast.sibling.phone, ""],
        cast=cast,
    )
    assert states_of(kept) == ["work"] * 4, whys_of(kept)
    assert [row.understood["how"] for row in rows_of(kept)] == ["id", "phone", "door", "only_phone"]
    assert [row.grid_id for row in rows_of(kept)] == [cast.grid1.id] * 3 + [cast.grid2.id]
    assert counted(Check) == 4


def test_what_contradicts_itself_waits_and_is_never_guessed(app, cast):
    yellow, plain = cast.yellow, cast.plain
    heads = ["姓名", "身份证号", "电话", "地址"]
    kept = take_list(
        "check",
        heads,
        ["李四", yellow.id_number, "", ""],
        ["李四", "", plain.phone, ""],
        [yellow.name, number(1), yellow.phone, ""],
        ["王健国", "", "", "二轻小区2-1-502"],
        [yellow.name, "", "", ""],
        cast=cast,
    )
    assert states_of(kept) == ["doubtful"] * 5, whys_of(kept)
    assert rows_of(kept)[0].understood["candidates"] == [yellow.id]
    assert counted(Check) == 0


def test_a_stranger_without_a_known_address_waits_in_the_tray(app, cast):
    heads = ["姓名", "身份证号", "电话", "社区", "地址"]
    kept = take_list(
        "yellow",
        heads,
        ["张一", number(1), "13911112221", "", "恒大绿洲3-1-501"],
        ["张二", number(2), "13911112222", "桃园北社区", ""],
        ["张三", number(3), "13911112223", "", ""],
        cast=cast,
    )
    assert states_of(kept) == ["unplaced"] * 3
    assert "恒大绿洲" in whys_of(kept)[0] and "桃园北社区" in whys_of(kept)[1]
    assert named("张一") is None


def test_a_bad_row_is_refused_and_stops_nothing(app, cast):
    rows = [
        returnee("张一", 1, 身份证号=1.40106197103045e17),
        returnee("张二", 2, 身份证号=number(2)[:-1] + ("0" if number(2)[-1] != "0" else "1")),
        returnee("", 3, 身份证号="", 联系电话="", 姓名=""),
        returnee("张四", 4),
    ]
    kept = take_list("returnee", RETURNEES, *rows, cast=cast)
    assert states_of(kept) == ["refused", "refused", "refused", "work"]
    assert "丢位" in whys_of(kept)[0] and "校验" in whys_of(kept)[1]


def test_a_yellow_push_names_its_reason_in_its_own_words(app, cast):
    heads = ["姓名", "身份证", "手机号码", "地址", "赋码原因", "赋码时间", "健康码状态"]
    address = "二轻小区2号楼1单元"
    kept = take_list(
        "yellow",
        heads,
        ["张一", number(1), "", f"{address}601", "未按时参加全员核酸", "2022/10/5 22:10", "黄码"],
        ["张二", number(2), "", f"{address}602", "时空伴随人员", 44839.5, ""],
        ["张三", number(3), "", f"{address}603", "", "", ""],
        ["张四", number(4), "", f"{address}604", "", "", "绿码"],
        cast=cast,
    )
    assert states_of(kept) == ["work", "work", "work", "known"], whys_of(kept)
    cases = [session.get(Case, row.case_id) for row in rows_of(kept)[:3]]
    assert [case.reason for case in cases] == ["missed_round", "space_time", "unknown"]
    assert "请改正" in whys_of(kept)[2]


def test_an_elder_is_put_on_the_roll_by_her_class(app, cast):
    heads = ["老人姓名", "身份证号", "家庭住址", "居住状况"]
    kept = take_list(
        "elder",
        ["独居老人花名册"],
        heads,
        ["张一", number(1), f"{HOME}", "空巢"],
        ["张二", number(2), "二轻小区2-1-602", ""],
        cast=cast,
    )
    assert states_of(kept) == ["work", "work"], whys_of(kept)
    found = [open_case_of(named(name).id, "elder").reason for name in ("张一", "张二")]
    assert found == ["empty_nest", "lone"]


def test_results_go_to_those_under_a_measure_and_what_is_missing_is_checked(app, cast):
    heads = ["姓名", "身份证号", "采样时间", "检测结果"]
    yellow, plain, sibling = cast.yellow, cast.plain, cast.sibling
    rows = [
        [yellow.name, yellow.id_number, "10.6 08:10", "阴性"],
        [plain.name, plain.id_number, "10.6 08:10", "阴"],
        [sibling.name, sibling.id_number, "", "未采"],
    ]
    kept = take_list("test", heads, *rows, cast=cast)
    assert states_of(kept) == ["work", "known", "work"], whys_of(kept)
    assert session.get(Record, rows_of(kept)[0].record_id).outcome == "negative"
    assert session.scalars(select(Check)).one().resident_id == sibling.id
    other = take_list("test", ["街道结果"], heads, rows[0], cast=cast)
    assert states_of(other) == ["known"]


def test_shops_are_listed_once(app, cast):
    heads = ["店铺名称", "经营者", "联系电话", "统一社会信用代码", "经营地址", "网格"]
    row = ["老李面馆", "李四", "13911112222", "92140106MA0ABCDE1X", "南内环街12号", "第1网格"]
    kept = take_list("shop", heads, row, cast=cast)
    assert states_of(kept) == ["added"]
    anew = take_list("shop", ["门店"], heads, [*row[:2], "13911113333", *row[3:]], cast=cast)
    assert states_of(anew) == ["updated"]
    shop = session.scalars(select(Shop)).one()
    assert (shop.name, shop.keeper, shop.phone) == ("老李面馆", "李四", "13911113333")
    assert session.get(Area, shop.grid_id) is cast.grid1


def test_same_as_above_and_one_cell_for_everything(app, cast):
    heads = ["序号", "姓名", "电话", "住址"]
    kept = take_list(
        "check",
        heads,
        [1, "张一", "13911112221", HOME],
        [2, "张二", "13911112222", "同上"],
        [3, "张三13911112223", "", "二轻小区2号楼1单元602"],
        cast=cast,
    )
    assert states_of(kept) == ["work"] * 3, whys_of(kept)
    told = [row.understood for row in rows_of(kept)]
    assert told[1]["address"] == HOME
    assert (told[2]["name"], told[2]["phone"]) == ("张三", "13911112223")


@pytest.mark.parametrize(
    ("kind", "title", "heads"),
    [
        ("yellow", "红黄码人员清单", ["姓名", "证件号", "红黄码类型", "推送时间"]),
        ("returnee", "登记表", ["姓名", "身份证号", "抵达日期", "出发地"]),
        ("test", "第六轮未检人员", ["姓名", "电话", "是否参检"]),
        ("elder", "关爱对象花名册", ["姓名", "住址", "类别"]),
        ("shop", "沿街商铺排查表", ["商铺名称", "法人", "社会信用代码"]),
        ("resident", "居民花名册", ["姓名", "身份证号", "与户主关系"]),
        ("check", "", ["xm", "sfz", "sjh", "dz"]),
    ],
)
def test_what_kind_a_list_is_can_be_told(kind, title, heads):
    row = ["张一", *[""] * (len(heads) - 1)]
    assert guessed_kind("名单.xlsx", workbook([[title], heads, row])) == kind


def test_the_building_may_stand_in_the_title_of_its_sheet_only(app, cast):
    heads = ["姓名", "电话", "单元", "门牌号"]
    sheets = [["二轻小区2号楼住户登记表"], heads, ["张一", "13911112221", 1, 609]], [
        ["二轻小区1、2号楼住户登记表"], heads, ["张二", "13911112222", 1, 601]]  # fmt: skip
    kept = take_file("check", workbook(*sheets, titles=("2号楼", "两栋")), cast=cast)
    first, second = rows_of(kept)
    assert first.understood["door"] == ["二轻小区", "2号楼", "1单元", "609"]
    assert "door" not in second.understood and second.state == "unplaced"


def test_who_is_hidden_behind_stars_is_refused(app, cast):
    rows = [["王*", "13911112221", ""], ["张一", "139****2221", ""],
            ["张一", "", "140106********0012"], ["张一*", "13911112221", ""]]  # fmt: skip
    kept = take_list("check", ["姓名", "电话", "身份证号"], *rows, question="在不在", cast=cast)
    assert states_of(kept) == ["refused"] * 3 + ["unplaced"]
    assert ["星号" in why for why in whys_of(kept)] == [False, True, True, False]


def test_a_list_of_those_who_missed_a_round_says_so_in_its_title(app, cast):
    row = [cast.plain.name, cast.plain.phone]
    for name, state in (("第三轮应检未检人员.xlsx", "work"), ("已检未检统计.xlsx", "doubtful")):
        content = workbook([["姓名", "电话", "未检原因"], [*row, name]])
        assert guessed_kind(name, content) == "test"
        assert states_of(take_file("test", content, name=name, cast=cast)) == [state]


def test_where_somebody_comes_from_may_be_a_city_a_county_or_abroad():
    told = {"山东省济南市历下区某街": "370102", "吕梁离石": "141102", "西安": "610100"}
    told |= {"郑州市": "410100", "朝阳": None, "火星": None}
    assert {written: origin_of(written) for written in told} == told


def test_lines_of_a_chat_are_people_one_below_the_other(app, cast):
    first = "1、张一 13911112221 二轻小区2号楼1单元601"
    chat = f"请核实是否在家\n{first}\n2、张二，13911112222，水利厅宿舍2-1-601\n"
    kept = take_file("check", chat.encode(), cast=cast, name="群里.txt")
    assert states_of(kept) == ["work", "work"], whys_of(kept)
    assert [row.grid.name for row in rows_of(kept)] == ["第1网格", "第2网格"]


def test_a_title_that_names_two_classes_names_none(app, cast):
    rows = ["张一", number(1), HOME, "独居"], ["张二", number(2), "二轻小区2-1-602", ""]
    heads = ["姓名", "身份证号", "住址", "家庭情况"]
    kept = take_list("elder", ["独居、空巢老人台账"], heads, *rows, cast=cast)
    assert states_of(kept) == ["work", "doubtful"], whys_of(kept)


def test_who_lives_in_another_community_is_not_placed_by_a_like_building(app, cast):
    heads = ["姓名", "身份证号", "社区", "地址"]
    rows = [
        ["张一", number(1), "迎泽区桃园北社区", "二轻小区2-1-601"],
        ["张二", number(2), "南内环街二社区居委会", "二轻小区2-1-602"],
    ]
    for kind in ("check", "resident"):
        kept = take_list(kind, heads, *rows, cast=cast)
        assert states_of(kept)[0] == "unplaced" and "桃园北" in whys_of(kept)[0]
        assert states_of(kept)[1] in ("work", "added")
