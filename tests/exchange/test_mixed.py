"""Name, phone and door in one cell, taken apart where that is certain."""

import pytest

from app.exchange.values.mixed import take_apart

WHOLE = {"name": "王建国", "phone": "13800000000"}


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("二轻小区2号楼1单元502王建国13800000000", "二轻小区2号楼1单元502"),
        ("王建国，13800000000，二轻小区2-1-502", "二轻小区2-1-502"),
        ("姓名：王建国 电话：13800000000 住址：二轻小区2号楼1单元502", "二轻小区2号楼1单元502"),
        ("王建国（13800000000）2号楼1单元502室", "2号楼1单元502室"),
        ("王建国 13800000000 平房8排3号", "平房8排3号"),
        ("3、王建国　13800000000　二轻小区2-1-502　西安　11.27", "二轻小区2-1-502"),
    ],
)
def test_what_stands_together_is_taken_apart(cell, address):
    assert take_apart(cell) == WHOLE | {"address": address}


def test_only_what_is_certain_is_taken():
    assert take_apart("刘大爷儿子13800000000") == {"phone": "13800000000"}
    assert take_apart("王建国李晓红13800000000") == {"phone": "13800000000"}
    assert take_apart("二轻小区2号楼1单元502") == {"address": "二轻小区2号楼1单元502"}
    assert take_apart("请于今日上报") == {}
