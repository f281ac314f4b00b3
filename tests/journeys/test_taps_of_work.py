"""How many taps it costs to give work out, to do it, and to remind (docs/taps.md)."""

import pytest

from app.domain.assignments import Assignment
from app.domain.notices import Draft, give_notice
from app.domain.receivers import To
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.reports.counters import asked, count
from tests.given import POSTERS, give, given_to_one
from tests.journeys.test_taps import kept, listed
from tests.uploads import verified

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(phone_of, cast):
    """The director's phone; the app opens at her board, and that is no tap."""
    return phone_of(cast.director)


def last() -> Assignment:
    session.rollback()
    return session.query(Assignment).order_by(Assignment.id.desc()).first()


def test_work_is_given_to_somebody(desk, cast):
    desk.open("/board").link("交办一件").writes("要办什么", POSTERS)
    desk.chip("李娜").button("交办").sees("已交办")
    assert [share.task.assignee for share in last().shares] == [cast.worker]
    assert desk.taps == listed("give") <= 5


def test_work_is_given_to_a_grid_within_an_hour(desk, cast):
    desk.open("/board").link("交办一件").writes("要办什么", POSTERS)
    desk.tap(desk.page.locator(".chip").filter(has_text="网格").nth(0))
    desk.tap(desk.page.locator("#grids .chip").filter(has_text="第2网格"))
    desk.chip("1 小时内").button("交办").sees("已交办")
    assert [share.task.grid_id for share in last().shares] == [cast.grid2.id]
    assert desk.taps == listed("give_grid") <= 5


def test_all_who_have_not_accepted_are_reminded(desk, cast):
    give(cast, "role", "worker")
    session.commit()
    desk.open("/board").tab("交办").button("提醒 2 人").sees("已提醒 2 人")
    session.rollback()
    assert session.query(Task).filter(Task.reminded_at.is_not(None)).count() == 2
    assert desk.taps == listed("remind_unaccepted") <= 2


def test_all_who_have_not_read_a_notice_are_reminded(desk, cast):
    to = To("role", ["worker"])
    give_notice(Draft("十点视频培训"), to, cast.home, by=cast.director, at=clock.now())
    session.commit()
    desk.open("/board").tab("交办").button("提醒 2 人").sees("已提醒 2 人")
    assert desk.taps == listed("remind_unread") <= 2


def test_a_tick_is_one_tap(phone_of, cast):
    given_to_one(cast.worker, cast)
    session.commit()
    phone = phone_of(cast.worker).opens_the_app().button("办好了").sees("撤销").sends()
    assert kept("assignment_done") is not None
    assert phone.taps == listed("tick")


def test_a_notice_is_read_with_one_tap(phone_of, cast):
    to = To("role", ["worker"])
    give_notice(Draft("十点视频培训"), to, cast.home, by=cast.director, at=clock.now())
    session.commit()
    phone = phone_of(cast.worker).opens_the_app().button("我已读").sees("已保存").sends()
    assert kept("notice_read") is not None
    assert phone.taps == listed("read") == 1


def test_126_records_go_up_to_the_city(phone_of, cast):
    """At 13:00: verified, not uploaded; a second director says yes while the page is open."""
    verified(cast, 126)
    desk = phone_of(cast.director).open("/board").link("去上传")
    desk.button("生成一批 126 条").sees("第二个人批准")
    second = phone_of(cast.secretary).open("/board").link("去批准")
    second.button("批准").sees("已告诉张敏")
    assert second.taps == listed("approve") == 2
    desk.button("取件").sees("密码")
    with desk.page.expect_download():
        desk.button("下载")
    desk.button("已上传到平台").sees("126 条标为已上传")
    assert count("to_upload", asked(cast.home)) == 0
    assert desk.taps == listed("upload") <= 5
