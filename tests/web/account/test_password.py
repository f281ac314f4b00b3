"""A new password ends every other session; guessing the old one does not pay."""

from datetime import timedelta

import pytest

from app.domain import accounts
from app.domain import sign_in as door
from app.domain.audit import AuditEntry
from app.domain.guesses import PER_DEVICE
from app.lib import clock
from app.lib.db import session
from tests.cast import PASSWORD

NEW = "梧桐树下的小板凳三把"


def change(browser, current=PASSWORD, new=NEW, again=None):
    typed = {"current": current, "new": new, "again": again or new}
    return browser.post("/account/password", data=typed)


def test_the_new_password_counts_and_the_old_one_no_more(client_of, cast, visitor):
    assert change(client_of(cast.worker)).location == "/"
    assert door.password_fits(cast.worker, NEW)
    assert not door.password_fits(cast.worker, PASSWORD)
    assert session.query(AuditEntry).filter_by(action="user_changed").one().reason == "own password"


def test_every_other_session_ends(client_of, cast):
    here, there = client_of(cast.worker), client_of(cast.worker)
    change(here)
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_a_wrong_old_password_is_counted_and_after_ten_nothing_helps(client_of, cast):
    browser = client_of(cast.worker)
    for _guess in range(PER_DEVICE):
        answer = change(browser, current="wrong")
        assert answer.status_code == 422
        assert "现在的密码不对" in answer.get_data(as_text=True)
    assert "过一小时再试" in change(browser).get_data(as_text=True)
    assert door.password_fits(cast.worker, PASSWORD)


@pytest.mark.parametrize(
    "weak", ["Taiyuan2022", "lina20221006", "南内环街二社区2022", "short", PASSWORD]
)
def test_a_weak_or_the_same_password_is_refused(client_of, cast, weak):
    answer = change(client_of(cast.worker), new=weak)
    assert answer.status_code == 422
    assert 'id="new-why"' in answer.get_data(as_text=True)
    assert weak not in answer.get_data(as_text=True)


def test_both_entries_must_agree(client_of, cast):
    answer = change(client_of(cast.worker), again="something else here")
    assert "两次填的不一样" in answer.get_data(as_text=True)


def one_time(cast) -> str:
    password = accounts.give_one_time_password(cast.worker, by=cast.admin, at=clock.now())
    session.commit()
    return password


def test_with_a_one_time_password_there_is_one_page_only(app, cast):
    password, browser = one_time(cast), app.test_client()
    browser.post("/sign-in", data={"handle": "lina", "password": password})
    for url in ("/today", "/residents", "/account"):
        assert browser.get(url).location == "/account/password"
    assert browser.post("/feedback", data={"words": "x"}).location == "/account/password"
    assert "设一个自己的密码" in browser.get("/account/password").get_data(as_text=True)
    assert change(browser, current=password).location == "/"
    assert browser.get("/account").status_code == 200


def test_a_one_time_password_is_dead_after_three_days(app, cast):
    password = one_time(cast)
    with clock.stopped_at(clock.now() + timedelta(hours=73)):
        typed = {"handle": "lina", "password": password}
        answer = app.test_client().post("/sign-in", data=typed)
    assert answer.status_code == 422
    assert "已过期" in answer.get_data(as_text=True)
