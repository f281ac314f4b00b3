"""A dozen calls in a real browser: one tap each, also where there is no network (docs/taps.md)."""

import pytest

from app.domain.check import Check
from app.domain.tasks import Task
from app.lib.db import session
from tests.journeys.test_taps import listed
from tests.pushed import asked, asked_of_stranger, sent

pytestmark = pytest.mark.browser
A_DOZEN = 12


@pytest.fixture
def dozen(cast) -> list[Check]:
    list_ = sent(cast)
    found = [asked(cast, cast.plain, list_)]
    for n in range(1, A_DOZEN):
        found.append(asked_of_stranger(cast, list_, name=f"牛{n}", phone=f"1390351{n:04d}"))
    session.commit()
    return found


def visible(phone, words: str):
    return phone.page.locator(".answers:visible button", has_text=words)


def states() -> list[str]:
    session.rollback()
    return [outcome for (outcome,) in session.query(Check.outcome).order_by(Check.id)]


def test_each_outcome_is_one_tap_and_shows_the_next(phone_of, cast, dozen):
    phone = phone_of(cast.worker).opens_the_app().link("信息核查 12 人")
    phone.tap(visible(phone, "真实")).sees("阿** 真实").sends()
    assert phone.taps == listed("check")
    for _ in range(A_DOZEN - 2):
        phone.tap(visible(phone, "不在本地")).sends()
    phone.tap(visible(phone, "拒答")).sees("该打的电话都打完了").sends()
    assert states() == ["real", *["elsewhere"] * (A_DOZEN - 2), "refused"]
    assert phone.taps == listed("checks") == A_DOZEN + 1


def test_what_was_answered_stays_so_and_can_be_taken_back_and_said_otherwise(phone_of, cast, dozen):
    phone = phone_of(cast.worker).opens_the_app().link("信息核查 12 人")
    phone.tap(visible(phone, "真实")).sees("阿** 真实").sends()
    phone.tap(phone.page.locator(".call:visible button")).sees("13903510001")
    phone.sees("阿** 真实").button("撤销").sees("已撤销").sends()
    phone.tap(visible(phone, "真实")).sees("阿** 真实").sends()
    assert states()[0] == "real"


def test_a_wrong_button_is_found_again_and_taken_back_in_one_tap(phone_of, cast, dozen):
    phone = phone_of(cast.worker).opens_the_app().link("信息核查 12 人")
    phone.tap(visible(phone, "拒答")).sends()
    phone.link("今天核过的").button("撤销").sees("已撤销").sends()
    assert phone.page.locator("main .cell button").count() == 0
    assert states()[0] == ""


def test_the_director_shares_the_calls_out(phone_of, cast, dozen):
    desk = phone_of(cast.director).open("/board").link("看核查").button("按工作量分").sees("周强")
    session.rollback()
    moved = session.query(Task).filter_by(kind="check", assignee_id=cast.colleague.id).count()
    assert moved >= A_DOZEN // 2 - 2
    assert desk.taps == listed("share_out")
