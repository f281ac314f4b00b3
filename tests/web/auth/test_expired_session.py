"""A session that ran out in the middle of a form: sign in again, and go on where she was."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from app.domain import drafts, own_account
from app.domain import sign_in as door
from app.lib import clock
from app.lib.db import session
from tests.cast import PASSWORD

NOTE = "门口有水渍，按了三次铃没有人应"


def sign_in_from(page, client, handle="lina"):
    """Fill in the sign-in page as it is, with all it carries."""
    form = BeautifulSoup(page.get_data(as_text=True), "lxml").form
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    typed = {"handle": handle, "password": PASSWORD}
    return client.post(form["action"], data=hidden | typed)


def visit_form(cast) -> str:
    return f"/record/visit?resident={cast.elder.id}"


def test_a_page_is_asked_for_again_after_signing_in(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + door.LIFE["worker"] + timedelta(minutes=1)):
        assert browser.get("/residents").location == "/sign-in?next=/residents"


def test_what_was_typed_comes_back_on_the_same_form(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post(visit_form(cast), data={"outcome": "needs", "note": NOTE})
        assert page.status_code == 401
        html = page.get_data(as_text=True)
        assert "刚才填的内容还在" in html
        assert NOTE not in html  # sealed: the next one at this phone cannot read it
        back = sign_in_from(page, browser)
        assert back.location == visit_form(cast)
        form = browser.get(back.location).get_data(as_text=True)
        assert NOTE in form
        assert "已恢复上次没存的内容" in form


def test_a_wrong_password_in_between_loses_nothing(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post(visit_form(cast), data={"note": NOTE})
        sealed = BeautifulSoup(page.get_data(as_text=True), "lxml").find(attrs={"name": "unsaved"})
        wrong = browser.post(
            "/sign-in", data={"handle": "lina", "password": "x", "unsaved": sealed["value"]}
        )
        assert sign_in_from(wrong, browser).location == visit_form(cast)


def test_it_is_given_to_nobody_else(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post(visit_form(cast), data={"note": NOTE})
        assert sign_in_from(page, browser, "zhouqiang").location == "/"
    assert session.query(drafts.Draft).count() == 0


def test_with_htmx_the_sign_in_page_takes_the_place_of_the_answer(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post(visit_form(cast), data={"note": NOTE}, headers={"HX-Request": "true"})
        assert (page.status_code, page.headers["HX-Retarget"]) == (200, "body")
        assert sign_in_from(page, browser).location == visit_form(cast)


def test_with_htmx_a_part_of_a_page_sends_to_the_sign_in_page(client_of, cast):
    browser = client_of(cast.worker)
    asked = {"HX-Request": "true", "HX-Current-URL": "http://localhost/today?all=1"}
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        answer = browser.get("/today", headers=asked)
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/today?all%3D1"


def test_a_draft_saved_in_passing_does_not_take_the_form_away(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        url = f"/drafts/visit.resident{cast.elder.id}"
        answer = browser.post(url, data={"note": NOTE}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.get_data()) == (401, b"")


def test_what_is_no_record_form_is_shown_to_be_copied(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post("/feedback", data={"words": "电梯坏了三天，没人修"})
        shown = sign_in_from(page, browser)
        assert "电梯坏了三天，没人修" in shown.get_data(as_text=True)
        assert browser.get("/today").status_code == 200


def test_one_tap_is_said_to_be_done_again(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        page = browser.post(
            "/tasks/1/completion", data={"id": "01920000-0000-7000-8000-000000000000"}
        )
        assert sign_in_from(page, browser).location == "/"
        assert "请再做一次" in browser.get("/today").get_data(as_text=True)


def test_a_password_is_never_sealed_into_a_page(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        typed = {"current": PASSWORD, "new": "梧桐树下的小板凳", "again": "梧桐树下的小板凳"}
        page = browser.post("/account/password", data=typed)
        assert "梧桐" not in sign_in_from(page, browser).get_data(as_text=True)


def test_a_broken_seal_is_simply_no_form(visitor, cast):
    typed = {"handle": "lina", "password": PASSWORD, "unsaved": "a1.00000000.AAAA"}
    assert visitor.post("/sign-in", data=typed).location == "/"


@pytest.mark.parametrize(
    ("who", "idle", "life"),
    [
        ("worker", timedelta(hours=12), timedelta(days=7)),
        ("director", timedelta(hours=12), timedelta(days=7)),
        ("official", timedelta(minutes=30), timedelta(hours=12)),
        ("admin", timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_a_session_ends_when_idle_and_when_old(client_of, cast, who, idle, life):
    begun, browser = clock.now(), client_of(getattr(cast, who))

    def signed_in(after: timedelta) -> bool:
        with clock.stopped_at(begun + after):
            return browser.get("/account").status_code == 200

    step = idle - timedelta(minutes=1)
    moment = step
    while moment < life:
        assert signed_in(moment), moment
        moment += step
    assert not signed_in(life + timedelta(minutes=1))
    assert not client_of(getattr(cast, who)).get("/account").location
    with clock.stopped_at(begun + idle + timedelta(minutes=6)):
        fresh = client_of(getattr(cast, who))
    with clock.stopped_at(begun + 2 * idle + timedelta(minutes=7)):
        assert fresh.get("/account").status_code == 302


def test_using_it_is_noted_also_by_a_post_that_keeps_its_deed(client_of, cast):
    browser = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        browser.post("/account", data={"language": "en", "type_size": "large"})
    session.expire_all()
    assert cast.worker.language == "en"
    assert own_account.LANGUAGES == ("zh", "en")


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(client_of, cast):
    client, begun = client_of(cast.official), clock.now()
    for minutes in range(10, 41, 10):
        with clock.stopped_at(begun + timedelta(minutes=minutes)):
            answer = client.get("/areas", headers={"HX-Request": "true"})
    assert answer.status_code == 401
