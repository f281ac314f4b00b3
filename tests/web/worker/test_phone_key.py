"""The key of a phone: for its signed-in owner, and never in a page."""

import base64

import pytest

from app.lib.box import box_of, seal_to
from tests.web.pages import soup


def test_a_worker_gets_the_key_to_what_her_phone_sealed(client_of, cast):
    browser = client_of(cast.worker)
    public = soup(browser.get("/today")).body["data-box"]
    key = browser.get("/phone/key").json
    assert key["box"]["public"] == public
    assert (key["user"], key["hours"]) == (cast.worker.id, 12)
    assert len(base64.b64decode(key["pack"])) == 32
    sealed = seal_to(public, "一切平安".encode())
    assert box_of(str(cast.worker.uid)).open(sealed).decode() == "一切平安"


def test_the_key_is_kept_by_no_cache_and_stands_in_no_page(client_of, cast):
    browser = client_of(cast.worker)
    answer = browser.get("/phone/key")
    assert answer.headers["Cache-Control"] == "private, no-store"
    page = browser.get("/today").text
    assert answer.json["pack"] not in page
    assert answer.json["box"]["private"]["d"] not in page


def test_everybody_has_another_key(client_of, cast):
    keys = [client_of(user).get("/phone/key").json for user in (cast.worker, cast.colleague)]
    assert keys[0]["pack"] != keys[1]["pack"]
    assert keys[0]["box"]["public"] != keys[1]["box"]["public"]


@pytest.mark.parametrize("who", ["director", "official", "admin"])
def test_somebody_who_is_no_worker_any_more_opens_her_own_queue(client_of, cast, who):
    assert client_of(getattr(cast, who)).get("/phone/key").json["user"] == getattr(cast, who).id


def test_a_page_of_a_phone_says_whose_it_is_and_how_old(client_of, cast, app):
    body = soup(client_of(cast.worker).get("/today")).body
    assert body["data-user"] == str(cast.worker.id)
    assert body["data-at"] == "2022-10-06T02:30:00+00:00"
    assert body["data-version"] == app.config["VERSION"]
