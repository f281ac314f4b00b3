"""待上传: a page with nobody in it, that the phone fills with what has not reached us."""

from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import soup

STATES = {"idle", "sending", "refused", "held", "returned", "locked", "old"}


def test_it_holds_no_personal_data_and_is_the_same_for_all(client_of, cast):
    hers = client_of(cast.worker).get("/outbox").text
    named = [person.name for person in session.query(Resident)] + [cast.worker.name]
    assert not [name for name in named if name in hers]


def test_it_has_words_for_every_state_of_an_entry(client_of, cast):
    page = soup(client_of(cast.worker).get("/outbox"))
    shown = {
        state for part in page.select("#entry-words [data-if]") for state in part["data-if"].split()
    }
    assert shown >= STATES


def test_deleting_is_offered_only_behind_the_offer_to_export(client_of, cast):
    page = soup(client_of(cast.worker).get("/outbox"))
    (drop,) = page.select("[data-do=drop]")
    boxes = drop.find_parents("details")
    assert len(boxes) == 2  # folded twice: nobody deletes by one wrong tap
    offered = boxes[1].select_one("[data-do=export]")
    assert offered is not None and offered.find_parents("details") == [boxes[1]]


def test_it_is_led_to_from_the_head_of_every_page_and_from_me(client_of, cast):
    browser = client_of(cast.worker)
    for path in ("/today", "/residents", "/record", "/record/incident", "/me"):
        page = soup(browser.get(path))
        assert page.select_one("#unsent-words a")["href"] == "/outbox"
        assert page.find(id="unsent")["role"] == "status"
    assert soup(browser.get("/me")).find(id="to-outbox")["href"] == "/outbox"


def test_a_worker_who_became_a_director_still_reaches_her_queue(client_of, cast):
    page = soup(client_of(cast.director).get("/outbox"))
    scripts = [script["src"].split("?")[0] for script in page.select("script[src]")]
    assert "/bundles/queue.js" in scripts and "/bundles/phone.js" in scripts


def test_without_script_it_says_where_entries_go(client_of, cast):
    page = soup(client_of(cast.worker).get("/outbox"))
    assert "直接送到服务器" in page.find("noscript").text
