"""Whatever stands in the cells of a roll, every row is answered and nothing breaks."""

from datetime import date, datetime, time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.domain.pushed import STATES
from app.exchange.columns import field_of, find_header
from app.exchange.sheet import Row, Sheet
from tests.exchange.sheets import BORN, HEADS, number, roll, take
from tests.offline.sizes import size

OLD = date(1940, 5, 6)
# Few values for each column, so that people, doors and families meet in every way.
LIKELY = some.tuples(
    some.none(),
    some.sampled_from(["张一", "张二", "王建国", "刘福", "阿依古丽·买买提"]),
    some.sampled_from([None, None, *(number(n, born) for n in (1, 2) for born in (BORN, OLD))]),
    some.sampled_from([None, "13903510001", "13903510002/13903510003"]),
    some.sampled_from([None, "二轻小区", "水利厅宿舍", "南内环街9号二轻小区", "新院"]),
    some.sampled_from([None, "2号楼", 2, "3栋", "锅炉房", "平房2排"]),
    some.sampled_from([None, "1单元", 1]),
    some.sampled_from([None, "101", 502, "3号"]),
    some.sampled_from([None, "第1网格", 2, "第9网格"]),
    some.sampled_from([None, "户主", "妻"]),
    some.sampled_from([None, "独居老人", "空巢", "常住"]),
)
ODD = some.sampled_from(
    ["140106197103045012", 1.4e17, "3＃", "2-1-502", "十二", "合计", "姓名", "=1+1", "#N/A", "·"]
    + ["\U00020021", "\u202e", "张" * 3000, 0, -1, 1e300, True, "男", "2-1-502-3-4-5"]
    + [datetime(1950, 1, 2), date(1950, 1, 2), time(3, 4)]
)
WILD = some.lists(ODD | some.none() | some.integers(-(10**18), 10**18), min_size=11, max_size=11)
CELLS = ODD | some.none() | some.integers() | some.floats() | some.text(max_size=12)
ONE_BASE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=size(20, 100), suppress_health_check=ONE_BASE)
@given(some.lists(LIKELY | WILD, min_size=1, max_size=12))
def test_what_was_shown_is_done_and_done_once(app, cast, rows):
    content = roll(*rows)
    looked = take(content, cast, dry=True).counts
    assert take(content, cast).counts == looked
    again = take(content, cast).counts
    assert (again["added"], again["updated"]) == (0, 0)
    assert sum(again.values()) == sum(looked.values())


@given(some.lists(some.lists(CELLS, max_size=14), max_size=40))
def test_a_header_is_found_or_not_but_never_breaks(rows):
    sheet = Sheet("", tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1)))
    header = find_header(sheet)
    assert header is None or {"name"} <= header.columns.keys()


@given(some.text())
def test_any_text_is_a_column_or_none(name):
    assert field_of(name) is None or isinstance(field_of(name), str)


def test_the_heads_of_these_tests_are_known():
    assert [head for head in HEADS if field_of(head) is None] == ["序号"]
    assert {"added", "updated", "known", "refused", "doubtful"} <= set(STATES)
