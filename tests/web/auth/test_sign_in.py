"""Signing in: the right people get in, guessing does not pay, and nothing tells who exists."""

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from app.domain import sign_in as door
from app.domain.audit import AuditEntry
from app.domain.guesses import PER_ACCOUNT, PER_ADDRESS, network_of
from app.lib import clock
from app.lib.db import session
from tests.cast import PASSWORD


def knock(client, handle="lina", password=PASSWORD, **more):
    return client.post("/sign-in", data={"handle": handle, "password": password} | more)


def text_of(response) -> str:
    return response.get_data(as_text=True)


def test_a_login_name_and_its_password_open_the_door(visitor, cast):
    assert knock(visitor).location == "/"
    assert visitor.get("/").location == "/today"


@pytest.mark.parametrize(
    "typed", ["13911112222", " 139 1111 2222", "+86 13911112222", "１３９１１１１２２２２"]
)
def test_the_phone_number_does_as_well_however_it_is_typed(visitor, cast, typed):
    cast.worker.set_phone("13911112222")
    session.commit()
    assert knock(visitor, typed).status_code == 303


def test_capitals_in_the_login_name_do_not_matter(visitor, cast):
    assert knock(visitor, " LiNa ").status_code == 303


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(visitor, cast):
    unknown = knock(visitor, "nobody", "wrong password")
    wrong = knock(visitor, "lina", "wrong password")
    assert unknown.status_code == wrong.status_code == 422
    assert "登录名或密码不对" in text_of(wrong)
    assert text_of(unknown) == text_of(wrong).replace('value="lina"', 'value="nobody"')


def test_they_take_the_same_time(app, cast):
    def took(handle: str) -> float:
        begun = perf_counter()
        door.enter(door.Knock(handle, "wrong password", "192.0.2.1"), at=clock.now())
        session.rollback()
        return perf_counter() - begun

    pairs = [(took("nobody"), took("lina")) for _round in range(15)]
    # the shortest of each: whatever else the machine does only adds to it
    unknown, known = (min(times) for times in zip(*pairs, strict=True))
    assert 0.5 < unknown / known < 2


def test_a_closed_account_gets_the_answer_of_a_wrong_password(visitor, cast):
    cast.worker.active = False
    session.commit()
    assert "登录名或密码不对" in text_of(knock(visitor))


def test_the_name_is_kept_and_the_password_is_not(visitor, cast):
    page = text_of(knock(visitor, "lina", "a wrong password"))
    assert 'value="lina"' in page
    assert "a wrong password" not in page


def test_after_ten_guesses_even_the_right_password_must_wait(app, cast):
    for _guess in range(PER_ACCOUNT):
        assert knock(app.test_client(), password="wrong").status_code == 422
    assert knock(app.test_client()).status_code == 429
    later = clock.now() + door.guesses.WITHIN
    with clock.stopped_at(later):
        assert knock(app.test_client()).status_code == 303


def test_guesses_sent_all_at_once_are_counted_one_by_one(app, cast):
    session.rollback()

    def guess(_number: int) -> int:
        with app.app_context():
            return knock(app.test_client(), password="wrong").status_code

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(guess, range(24)))
    assert (answers.count(422), answers.count(429)) == (PER_ACCOUNT, 14)


def test_login_name_and_phone_share_the_ten_guesses_and_do_not_betray_each_other(app, cast):
    cast.worker.set_phone("13911112222")
    session.commit()
    for _guess in range(PER_ACCOUNT):
        knock(app.test_client(), "lina", "wrong")
    answer = knock(app.test_client(), "13911112222")
    assert answer.status_code == 422
    assert "登录名或密码不对" in text_of(answer)


def test_a_phone_that_signed_in_before_gets_in_whatever_strangers_guess(app, cast):
    phone = app.test_client()
    knock(phone)
    phone.post("/sign-out")
    for _guess in range(PER_ACCOUNT + 2):
        knock(app.test_client(), password="wrong")
    assert knock(phone).status_code == 303


def test_a_thief_with_that_phone_has_ten_guesses_too(app, cast):
    phone = app.test_client()
    knock(phone)
    phone.post("/sign-out")
    for _guess in range(PER_ACCOUNT):
        assert knock(phone, password="wrong").status_code == 422
    assert knock(phone).status_code == 429


def test_a_revoked_device_is_a_stranger_again(app, cast):
    phone = app.test_client()
    knock(phone)
    device, _seen = door.devices_of(cast.worker)[0]
    door.revoke_device(device, by=cast.worker, at=clock.now())
    session.commit()
    assert phone.get("/today").location.startswith("/sign-in")
    for _guess in range(PER_ACCOUNT):
        knock(app.test_client(), password="wrong")
    assert knock(phone).status_code == 429


def test_one_address_may_not_try_name_after_name(app, cast):
    at = clock.now()
    for number in range(PER_ADDRESS):
        door.guesses.note_guess(f"n{number}", "127.0.0.1", user_id=None, device_id=None, at=at)
    session.commit()
    assert knock(app.test_client(), "somebody").status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    answer = app.test_client().post(
        "/sign-in", data={"handle": "lina", "password": PASSWORD}, environ_base=elsewhere
    )
    assert answer.status_code == 303


def test_a_forged_proxy_header_is_no_other_address(app, cast):
    knock(app.test_client(), "nobody", "wrong")
    forged = {"X-Forwarded-For": "203.0.113.9"}
    app.test_client().post("/sign-in", data={"handle": "x", "password": "y"}, headers=forged)
    counted = {row.address for row in session.query(door.guesses.Guess)}
    assert counted == {"127.0.0.1"}


def test_an_ipv6_subscriber_is_one_address():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::"
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("not an address") == "not an address"


def test_guesses_are_kept_and_audited_without_what_was_typed_for_a_name(visitor, cast):
    knock(visitor, "my password by mistake", "wrong")
    knock(visitor, "lina", "wrong")
    noted = session.query(AuditEntry).filter_by(action="sign_in_failed").all()
    assert [row.who for row in noted] == ["?", "lina"]
    assert {row.reason for row in noted} == {"127.0.0.1"}


def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(visitor, cast):
    cookies = knock(visitor).headers.getlist("Set-Cookie")
    ours = [line for line in cookies if line.startswith(("shouwang=", "device="))]
    assert len(ours) == 2
    for line in ours:
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line
        assert "Path=/" in line
        assert "Domain" not in line


def test_over_tls_the_cookies_are_secure_and_bound_to_the_host(app, visitor, cast, monkeypatch):
    monkeypatch.setitem(app.config, "HTTPS", True)
    cookies = knock(visitor).headers.getlist("Set-Cookie")
    assert {line.split("=")[0] for line in cookies} >= {"__Host-shouwang", "__Host-device"}
    assert all("Secure" in line for line in cookies if line.startswith("__Host-"))


def test_each_sign_in_has_a_new_token_and_a_planted_one_is_worth_nothing(app, cast):
    browser = app.test_client()
    browser.set_cookie("shouwang", "planted")
    knock(browser)
    first = browser.get_cookie("shouwang").value
    knock(browser)
    second = browser.get_cookie("shouwang").value
    assert len({"planted", first, second}) == 3
    old = app.test_client()
    old.set_cookie("shouwang", first)
    assert old.get("/today").status_code == 302


def test_two_people_may_share_a_computer_and_both_stay_enrolled(app, cast):
    computer = app.test_client()
    for handle in ("lina", "zhouqiang", "lina"):
        knock(computer, handle)
        computer.post("/sign-out")
    assert len(door.devices_of(cast.worker)) == len(door.devices_of(cast.colleague)) == 1


EVIL = (
    "//evil.example", "https://evil.example", "https:evil.example", "\\\\evil.example",
    "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil.example", " //evil.example",
    "///evil.example", "http:///evil.example",
)  # fmt: skip


@pytest.mark.parametrize("wanted", EVIL)
def test_signing_in_never_leads_to_another_site(visitor, cast, wanted):
    assert knock(visitor, next=wanted).location == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for(visitor, cast):
    asked = visitor.get("/residents/3?tab=all")
    assert asked.location == "/sign-in?next=/residents/3?tab%3Dall"
    assert 'name="next" value="/residents/3?tab=all"' in text_of(visitor.get(asked.location))
    assert knock(visitor, next="/residents/3?tab=all").location == "/residents/3?tab=all"


def test_a_weaker_hash_is_made_anew_at_sign_in(visitor, cast):
    cast.worker.password_hash = PasswordHasher(1, 8 * 1024, 1).hash(PASSWORD)
    session.commit()
    knock(visitor)
    session.expire_all()
    assert cast.worker.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
