"""The first visit to an empty installation: a code from the terminal, used once, within a day."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.domain.setup import SetupCode, make_setup_code
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused

GOOD = "梧桐树下的小板凳三把"


@pytest.fixture
def code(empty) -> str:
    made = make_setup_code(at=clock.now())
    session.commit()
    return made


def fill_in(client, code, **changed):
    typed = {"code": code, "name": "韩雪", "login": "hanxue", "password": GOOD}
    return client.post("/setup", data=typed | changed)


def test_the_code_makes_the_first_admin_who_can_sign_in(visitor, code):
    assert fill_in(visitor, code).location == "/sign-in"
    typed = {"handle": "hanxue", "password": GOOD}
    assert visitor.post("/sign-in", data=typed).location == "/"
    assert visitor.get("/").location == "/admin/users"
    assert session.query(AuditEntry).filter_by(action="user_changed").one().reason == "first admin"


def test_there_is_no_account_before(empty):
    assert session.query(User).count() == 0


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "bare"])
def test_the_code_may_be_typed_in_any_manner(visitor, code, typed):
    manner = {"lower": code.lower(), "bare": code.replace("-", "")}
    assert fill_in(visitor, manner.get(typed, typed.format(code))).status_code == 303


def test_only_its_hash_is_kept(code):
    kept = session.query(SetupCode).one()
    assert code not in kept.code_hash
    assert len(code.replace("-", "")) == 20


def test_a_wrong_code_makes_nobody_and_keeps_what_was_typed(visitor, code):
    page = fill_in(visitor, "AAAAA-AAAAA-AAAAA-AAAAA")
    assert page.status_code == 422
    assert "设置码不对" in page.get_data(as_text=True)
    assert 'value="hanxue"' in page.get_data(as_text=True)
    assert GOOD not in page.get_data(as_text=True)
    assert session.query(User).count() == 0


def test_the_code_is_dead_after_a_day(visitor, code):
    with clock.stopped_at(clock.now() + timedelta(hours=24, minutes=1)):
        assert fill_in(visitor, code).status_code == 422


def test_a_newer_code_kills_the_older(visitor, code):
    newer = make_setup_code(at=clock.now())
    session.commit()
    assert fill_in(visitor, code).status_code == 422
    assert fill_in(visitor, newer).status_code == 303


def test_it_works_once(visitor, code):
    fill_in(visitor, code)
    assert visitor.get("/setup").location == "/"
    again = fill_in(visitor, code, login="second")
    assert again.status_code == 422
    assert session.query(User).count() == 1
    with pytest.raises(Refused):
        make_setup_code(at=clock.now())


@pytest.mark.parametrize("weak", ["short", "Taiyuan2022", "1234567890", "hanxue12345"])
def test_a_weak_password_is_refused_with_its_sentence(visitor, code, weak):
    page = fill_in(visitor, code, password=weak)
    assert page.status_code == 422
    assert 'id="password-why"' in page.get_data(as_text=True)


def test_with_people_in_it_there_is_no_set_up(visitor, cast):
    assert visitor.get("/setup").location == "/"
    with pytest.raises(Refused):
        make_setup_code(at=clock.now())
