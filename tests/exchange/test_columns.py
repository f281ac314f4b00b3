"""Which column means what: by its name, by what stands in it, by what somebody said before."""

from datetime import date

import pytest

from app.exchange.columns import match, parted
from app.exchange.columns.header import meaning
from app.exchange.columns.matching import key_of
from app.exchange.rows.cells import lines_of
from app.exchange.sheet import Row, Sheet
from app.exchange.values.results import outcome_of
from tests.exchange.sheets import number


def sheet(*rows, groups=()) -> Sheet:
    return Sheet("", tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1)), groups)


def fields(*rows, kind="returnee", chosen=None, groups=()) -> dict[str, list[str]]:
    header = match(sheet(*rows, groups=groups), kind, chosen)
    return {field: [header.names[at] for at in places] for field, places in header.columns.items()}


@pytest.mark.parametrize(
    ("kind", "field", "names"),
    [
        ("returnee", "name", "返并人员姓名 被管控人 USERNAME xm xingming 人员姓名"),
        ("returnee", "id_number", "公民身份号码 sfz IDENTITY_NUM 身份证或护照号 身分證號"),
        ("returnee", "phone", "sjh 電話 返晋人员手机号码 Mobile 联系电话（手机） Phone"),
        ("returnee", "arrived", "返并时间 抵并时间 到并时间 来返时间 抵达日期 返乡时间 fbsj"),
        ("returnee", "came_from", "来自 来源地 何处返程 从何地返回 抵并来源地 旅居地 From"),
        ("returnee", "trip", "车次 车次航班 车次/航班号/车牌号 返程所乘车次/航班"),
        ("returnee", "measure", "管控措施 隔离方式 措施"),
        ("returnee", "ends", "解除时间 到期时间 隔离期满 解除隔离时间"),
        ("yellow", "coloured", "赋码时间 转黄时间"),
        ("yellow", "reason", "赋码原因 红黄码类型 管控原因"),
        ("test", "result", "检测结果 核酸结果"),
        ("test", "took_part", "是否采样 是否参加核酸 第六轮"),
        ("shop", "shop", "店铺名称 商户名称 门店名"),
        ("check", "what", "核查内容 核实事项"),
        ("elder", "category", "人员类别 居住状况 家庭情况（独居/空巢）"),
        ("resident", "name", "承租人姓名 租户姓名 Full_Name person_name"),
        ("resident", "relation", "HZGX Relationship_to_Head"),
        ("resident", "address", "房屋坐落 租住地址"),
        ("resident", "grid", "Grid_No. WGMC"),
        ("returnee", "name", "返并人员 旅客姓名"),
        ("returnee", "arrived", "何时返并 到达太原日期"),
        ("returnee", "came_from", "来源省 来源市 从哪里返回"),
        ("returnee", "transport", "抵并方式 乘坐何种交通工具"),
        ("yellow", "reason", "转码类型 code_reason"),
        ("check", "where", "涉疫场所 活动轨迹"),
        ("check", "source", "协查单位"),
        ("shop", "shop", "门头名称 店面名称"),
        ("shop", "trade", "经营内容 主营业务"),
        ("returnee", "came_from", "4.您从哪里来并/返并？ 发站 from_city"),
        ("returnee", "arrived", "5.到达日期（必填） arrival_time"),
        ("yellow", "name", "被赋码人 被转码人姓名"),
        ("yellow", "code", "当前码色 健康码状态"),
        ("test", "took_part", "11月20日 11.20 第3轮"),
        ("elder", "ticked", "空巢 失能老人 留守"),
        ("check", "name", "购药人 购药人员姓名"),
        ("check", None, "用药人电话 送货人手机号 接收人住址 填单人姓名"),
        ("shop", "mixed", "负责人及电话 店主姓名、联系电话"),
        ("resident", None, "房东电话 房主姓名 包保干部 落实人及电话 探访人 核查人"),
    ],
)
def test_a_column_is_known_by_its_name(kind, field, names):
    found = {name: (meaning((name,), kind) or [None])[0] for name in names.split(" ")}
    assert found == dict.fromkeys(names.split(" "), field)


@pytest.mark.parametrize(
    "name", "网格员电话 紧急联系人电话 户籍地址 子女姓名 工作地点 No. 学校/单位 采样人".split()
)
def test_what_is_somebody_elses_is_left_alone(name):
    for kind in ("returnee", "elder", "test"):
        assert meaning((name,), kind) is None


def test_two_rows_with_groups_are_one_header():
    upper = ["序号", "户主", None, "返回人员", None, "居住地址", None, None]
    lower = [None, "姓名", "电话", "姓名", "电话", "小区", "楼号", "房号"]
    row = [1, "王一", "13800000001", "王二", "13800000002", "二轻小区", "2", "502"]
    found = fields(["返并人员台账"], upper, lower, row)
    assert found["compound"] == ["小区"]
    header = match(sheet(upper, lower, row), "returnee")
    assert header.columns["name"] == (3,) and header.columns["phone"] == (4,)


def test_looks_decide_where_names_do_not():
    rows = [
        ["甲", "乙", "丙"],
        ["王建国", number(1), "13800000001"],
        ["李晓红", number(2), "1.38E+10"],
    ]
    found = fields(["姓名", "证件", "内容"], *rows[1:])
    assert found == {"name": ["姓名"], "id_number": ["证件"]}


def test_a_column_with_a_wrong_name_is_what_stands_in_it():
    rows = [[f"王{sign}", number(n), f"1380000000{n}"] for n, sign in enumerate("一二三四")]
    header = match(sheet(["姓名", "电话", "身份证号"], *rows), "returnee")
    assert header.columns["id_number"] == (1,) and header.columns["phone"] == (2,)
    assert header.sure[1] < 1


def test_a_table_may_begin_with_its_first_person():
    rows = [[f"王{sign}", f"1380000000{n}", number(n)] for n, sign in enumerate("一二三四")]
    header = match(sheet(*rows), "check")
    assert header.last_row == 0
    assert header.columns == {"name": (0,), "phone": (1,), "id_number": (2,)}


def test_a_second_phone_of_no_name_is_left_alone():
    rows = [["王一", "13800000001", "13900000001"], ["王二", "13800000002", "13900000002"]]
    assert fields(["姓名", "电话", "其他"], *rows)["phone"] == ["电话"]


def test_what_somebody_said_of_a_column_counts():
    rows = [["姓名", "电话", "联系人电话"], ["王一", "13800000001", "13900000001"]]
    chosen = {key_of(1, "电话"): "", key_of(2, "联系人电话"): "phone"}
    assert fields(*rows, chosen=chosen)["phone"] == ["联系人电话"]


def test_a_roll_of_households_names_its_heads():
    assert fields(["户主姓名", "户主电话", "楼号", "房号"], ["王一", "13800000001", "2", "502"],
                  kind="resident")["name"] == ["户主姓名"]  # fmt: skip


def test_lines_copied_from_a_chat_are_a_list_too():
    lines = ["白云 13800000001 二轻小区1号楼1单元401", "陈明，锦绣苑2-2-102，13800000002"]
    header = match(sheet(["推送信息"], *([line] for line in lines)), "check")
    assert (header.last_row, header.columns) == (1, {"mixed": (0,)})


def test_tables_side_by_side_are_two_lists():
    heads = ["序号", "姓名", "电话", "住址"] * 2
    rows = [[1, "王一", "13800000001", "2-1-101", 3, "王三", "13800000003", "2-1-301"],
            [2, "王二", "13800000002", "2-1-201"]]  # fmt: skip
    two = parted(sheet(["协查人员"], heads, *rows), "check")
    told = [[line.told["name"] for line in lines_of(one, match(one, "check"), "check")]
            for one in two]  # fmt: skip
    assert told == [["王一", "王二"], ["王三"]]
    groups = sheet(["返回人员", None, "陪同的", None], ["姓名", "电话"] * 2, rows[0][1:3] * 2)
    assert parted(groups, "returnee") == [groups]
    assert match(groups, "returnee").columns == {"name": (0,), "phone": (1,)}


def test_a_title_over_all_columns_is_no_group_and_days_are_rounds():
    title = ["核酸参检情况", None, None, None, None]
    heads = ["姓名", "电话", "核酸检测情况", None, None]
    days = [None, None, date(2022, 10, 3), "10月5日", 10.7]
    rows = [["王一", "13800000001", "√", "√", "×"], ["王二", "13800000002", "√", "√", "未"]]
    read = sheet(title, heads, days, *rows, groups=[(1, 0, 4), (2, 2, 4)])
    told = [line.told for line in lines_of(read, match(read, "test"), "test")]
    assert [outcome_of(one) for one in told] == ["missed", "missed"]
    assert told[0]["round"] == "10.7"


def test_a_tick_stands_for_the_name_of_its_column():
    heads = ["姓名", "电话", "空巢", "失能"]
    read = sheet(heads, ["王一", "13800000001", "", "√"], ["王二", "13800000002", "✔", "√"])
    lines = lines_of(read, match(read, "elder"), "elder")
    assert [line.told["category"] for line in lines] == ["失能", "空巢、失能"]


def test_the_columns_of_several_rounds_are_read_together():
    heads = ["姓名", "楼号", "单元", "户号", "第1轮", "第2轮", "第3轮", "未检原因"]
    rows = (
        ["王建国", 2, 1, "502", "√", "×", "√", "上夜班"],
        ["刘福", 2, 1, "101", "√", "√", "√", ""],
    )
    found = fields(heads, *rows, kind="test")
    assert found["took_part"] == ["第1轮", "第2轮", "第3轮"] and found["room"] == ["户号"]
    read = sheet(heads, *rows)
    told = [line.told for line in lines_of(read, match(read, "test"), "test")]
    assert [(one["took_part"], one["round"]) for one in told] == [("×", "第2轮"), ("√", "")]


def test_where_somebody_comes_from_may_stand_in_two_columns():
    heads = ["旅客姓名", "手机号", "来源省", "来源市", "抵达时间"]
    read = sheet(heads, ["张一", "13911112221", "陕西省", "西安市", "20221004 1530"])
    [line] = lines_of(read, match(read, "returnee"), "returnee")
    assert line.told["came_from"] == "陕西省西安市"
