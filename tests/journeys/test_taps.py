"""How many taps a day's commonest deeds cost, counted in a real browser from opening the app.

docs/taps.md lists the same figures; typing is not counted as tapping.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

pytestmark = pytest.mark.browser
TABLE = Path(__file__).parents[2] / "docs" / "taps.md"


def listed(key: str) -> int:
    """The taps that docs/taps.md promises for a deed."""
    return int(re.search(rf"^\| `{key}` .*\| (\d+) \| \S+ \|$", TABLE.read_text("utf-8"), re.M)[1])


def kept(kind: str) -> Record:
    session.rollback()
    return session.query(Record).filter_by(kind=kind).order_by(Record.received_at.desc()).first()


def test_an_elder_is_well(phone_of, cast):
    visit = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    with clock.stopped_at(visit.due_at - timedelta(hours=8)):
        phone = phone_of(cast.worker).opens_the_app()
        phone.button("一切平安").sees("刘大爷 一切平安").sends()
        assert kept("visit").outcome == "well"
        assert phone.taps == listed("elder") == 1


def test_a_yellow_code_is_verified(phone_of, cast):
    phone = phone_of(cast.worker).opens_the_app()
    row = phone.page.locator(".cell", has_text="王**").locator("..").locator(".cell")
    phone.tap(row.filter(has_text="首次核实").get_by_role("button")).sees("王** 已核实").sends()
    assert kept("code_check").fields["at_home"] is True
    assert phone.taps == listed("yellow") <= 3


def test_a_returnee_arrives(phone_of, cast):
    phone = phone_of(cast.worker).opens_the_app()
    phone.tab("登记").link("抵达登记")
    phone.writes("姓名、拼音、房号或电话后四位", "aygl").link("阿**")
    phone.chip("蓝标一").writes("出发地", "吕梁离石").writes("离开当地的日期", "2022-10-05")
    phone.chip("火车").writes("车次", "D5302").button("保存").sees("已保存").sends()
    assert kept("arrival").fields["origin"] == "141102"
    assert phone.taps == listed("returnee") <= 9


def test_an_incident_is_reported(phone_of, cast):
    phone = phone_of(cast.worker).opens_the_app()
    phone.tab("上报").chip("起火冒烟")
    phone.writes("情况", "二单元楼道冒烟").writes("在哪里", "2号楼二单元")
    phone.button("保存").sees("已保存").sends()
    assert kept("incident").outcome == "fire"
    assert phone.taps == listed("incident") <= 4


def test_somebody_is_not_reached(phone_of, cast):
    visit = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    with clock.stopped_at(visit.due_at - timedelta(hours=8)):
        phone = phone_of(cast.worker).opens_the_app()
        phone.button("未联系上").sees("第 1 次未联系上")
        assert phone.taps == listed("not_reached")


def test_a_tap_is_taken_back(phone_of, cast):
    phone = phone_of(cast.worker).opens_the_app()
    row = phone.page.locator(".cell", has_text="首次核实").filter(has_text="王**")
    phone.tap(row.get_by_role("button")).sees("王** 已核实")
    phone.button("撤销").sees("已撤销").sends()
    session.rollback()
    assert (
        session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one().state
        == "open"
    )
    assert phone.taps == listed("undo")


def test_a_whole_door_is_done_at_one_stop(phone_of, cast):
    phone = phone_of(cast.worker).opens_the_app()
    phone.link("502").chip("已采样").chip("已核实").button("一起保存").sees("已保存").sends()
    assert kept("code_check") is not None
    assert phone.taps == listed("door")


def test_without_javascript_one_tap_is_one_tap(phone_of, chromium, server, cast):
    phone = phone_of(cast.worker)
    cookies = phone.page.context.cookies()
    plain = chromium.new_context(java_script_enabled=False, base_url=server)
    plain.add_cookies(cookies)
    phone.page = plain.new_page()
    phone.opens_the_app()
    row = phone.page.locator(".cell", has_text="首次核实").filter(has_text="王**")
    phone.tap(row.get_by_role("button")).sees("王** 已核实")
    assert phone.taps == 1
    plain.close()
