"""The same work in browsers that run no script: every tap is a form, every page a page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.director import Director
from tests.journeys.someone import PHONE
from tests.journeys.worker import Worker

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lina(chromium, town) -> Iterator[Worker]:
    worker = Worker(chromium, town, PHONE, script=False)
    yield worker
    worker.goes_home()


@pytest.fixture(scope="module")
def zhangmin(chromium, town) -> Iterator[Director]:
    director = Director(chromium, town, PHONE, script=False)
    yield director
    director.goes_home()


def test_one_tap_and_its_undoing(lina):
    elder = lina.opens_today().first_with("一切平安")
    elder.get_by_role("button", name="一切平安").click()
    lina.sees("一切平安").keeps_a_picture("visited")
    expect(elder).to_have_count(0)
    lina.presses("撤销").sees("已撤销").keeps_a_picture("taken_back")
    expect(elder).to_have_count(1)


def test_a_form_with_a_need(lina):
    elder = lina.opens_today().first_with("一切平安")
    elder.get_by_role("link", name="详情").first.click()
    lina.presses("保存").sees("有几处要改").keeps_a_picture("visit_refused")
    lina.chooses("需要帮忙").chooses("药品").writes("备注", "降压药两盒")
    lina.keeps_a_picture("visit_form").presses("保存").sees("已保存")


def test_an_incident_reported_and_verified(lina, zhangmin):
    lina.reports("燃气泄漏", "楼道里有煤气味", "1号楼三单元").keeps_a_picture("reported")
    first = zhangmin.needs().first
    expect(first).to_contain_text("燃气泄漏")
    zhangmin.keeps_a_picture("board").follows("去核实", first)
    zhangmin.sees("楼道里有煤气味").takes_the_step("核实属实")
    zhangmin.sees("派给谁").keeps_a_picture("verified").takes_the_step("派单")
    zhangmin.sees("处理中").keeps_a_picture("assigned")
    lina.opens_today().sees("楼道里有煤气味").keeps_a_picture("is_hers")
