"""What one of them does stands on the other's open page, with nobody loading it anew."""

import pytest
from playwright.sync_api import expect

from app.domain.tasks import give
from app.lib import clock
from app.lib.db import session
from tests.journeys.phone import Phone
from tests.lived_day import report

pytestmark = pytest.mark.browser
PAUSE = 20_000  # milliseconds: the longest between two polls
ASK = "htmx.ajax('GET', '/board', {source: '#panels', target: '#panels', swap: 'outerHTML'})"


@pytest.fixture
def screen_of(phone_of):
    """A phone or a desk whose clock a test can put on."""

    def open_on(user, path: str, *size: int) -> Phone:
        phone = phone_of(user, *size)
        phone.page.clock.install()
        return phone.open(path)

    return open_on


def leave_a_trace(page) -> None:
    """Something that only lives until the page is loaded anew."""
    page.evaluate("window.loadedOnce = true")


def is_the_same(page) -> bool:
    return page.evaluate("window.loadedOnce === true")


def test_the_board_shows_a_sudden_event_while_she_looks_at_it(screen_of, cast):
    desk = screen_of(cast.director, "/board", 1280, 800).page
    leave_a_trace(desk)
    report(cast, "fire", cast.grid1, 10)
    session.commit()
    desk.clock.fast_forward(PAUSE)
    expect(desk.locator("#panels")).to_contain_text("待核实")
    assert is_the_same(desk)


def test_what_is_as_it_was_is_not_sent_again(phone_of, cast):
    desk = phone_of(cast.director, 1280, 800).open("/board").page

    def ask() -> int:
        with desk.expect_response("**/board") as answer:
            desk.evaluate(ASK)
        return answer.value.status

    before = desk.locator("#panels").inner_text()
    assert [ask(), ask(), ask()] == [200, 304, 304]
    assert desk.locator("#panels").inner_text() == before
    report(cast, "fire", cast.grid1, 10)
    session.commit()
    assert ask() == 200
    expect(desk.locator("#panels")).to_contain_text("待核实")


def test_today_says_that_a_task_came_and_moves_nothing_under_her_thumb(screen_of, cast):
    phone = screen_of(cast.worker, "/today")
    page = phone.page
    leave_a_trace(page)
    folded = page.locator("details.fold").first
    folded.locator("summary").click()
    give(
        "answer", "二单元的灯修好了吗？", by=cast.director, at=clock.now(),
        due_at=clock.end_of(clock.today()), community_id=cast.home.id, assignee=cast.worker,
    )  # fmt: skip
    session.commit()
    page.clock.fast_forward(PAUSE)
    expect(page.locator("#fresh")).to_contain_text("有新的任务")
    assert is_the_same(page)
    assert folded.get_attribute("open") is not None
    phone.tap(page.locator("#renew")).sees("二单元的灯修好了吗？")


def test_a_download_leaves_its_button_ready_for_the_next(phone_of, cast):
    page = phone_of(cast.director, 1280, 800).open("/ledgers/yellow").page
    button = page.get_by_role("button", name="导出")
    for _time in range(2):
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename.startswith("yellow-")
