"""The pack: what a worker's phone is sent, so that she can read and write without a network."""

import gzip
import json
import re

import pytest
from bs4 import BeautifulSoup

from app.domain.packs import Pack
from app.domain.people import GridAssignment
from app.intake.accept import Entry, accept
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.reports import packed
from tests import canaries
from tests.inspector import inspect
from tests.unpacked import PhonePack
from tests.web.pages import queries

# What needs a network by its nature, and says so on the phone.
ONLINE = re.compile(
    r"/(residents/\d+/reveal|install|messages|account/(password|reminders)|photos|shops"
    r"|residents\?.*)"
    r"|.*entry="
)
ADDED = "/record/arrival?of=00000000-0000-0000-0000-000000000000"
TABS = ("/today", "/residents", "/record", "/record/incident", "/me")


@pytest.fixture
def phone(client_of, cast) -> PhonePack:
    """李娜's phone, which has what the server gave it."""
    return PhonePack(client_of(cast.worker)).renew()


def all_of(phone: PhonePack) -> str:
    return json.dumps(phone.rows, ensure_ascii=False)


def visit(person, by, **fields):
    fields = {"outcome": "well", "way": "door"} | fields
    entry = Entry(new_id(), "visit", clock.now(), {"resident_id": person.id}, fields)
    record = accept(entry, by=by, at=clock.now())
    session.commit()
    return record


# --- what is in it


def links(page: str) -> set[str]:
    whole = BeautifulSoup(page, "lxml")
    for extra in whole.select("template, #history"):
        extra.decompose()
    found = {link["href"].partition("#")[0] for link in whole.find_all("a", href=True)}
    return {href for href in found if href.startswith("/") and not ONLINE.match(href)}


def walked(browser) -> dict[str, str]:
    """Every page that her tabs lead to, however far, by its address."""
    pages, ahead = {}, set(TABS)
    while ahead:
        path = ahead.pop()
        answer = browser.get(path, follow_redirects=True)
        pages[path] = answer.text
        ahead |= links(answer.text) - pages.keys()
    return pages


def told(page: str) -> tuple:
    """What a page says and does: its words, where it leads, its forms and their fields."""
    main = BeautifulSoup(page, "lxml").main
    for extra in main.select(".offline, #history, #install-offer, [hidden], noscript, .photos"):
        extra.decompose()
    forms = [
        (form["action"], form.get("data-entry"), form.get("data-about"), form.get("data-on"))
        for form in main.find_all("form")
    ]
    fields = [
        (one.get("name"), one.get("type"), None if is_filled_anew(one) else one.get("value"))
        for one in main.find_all(["input", "textarea", "select"])
    ]
    words = re.sub(r"\s+", "", main.get_text())
    return words, sorted(a["href"] for a in main.find_all("a", href=True)), forms, fields


def is_filled_anew(field) -> bool:
    """Made when the form is opened: ids, where she came from, the time now."""
    name = field.get("name", "")
    return name in ("back", "arrived_at") or name.partition("-")[0] == "id"


def test_every_page_her_tabs_lead_to_is_there_and_says_the_same(client_of, lived):
    browser = client_of(lived.worker)
    online, phone = walked(browser), PhonePack(browser).renew()
    assert len(online) > 40
    for path, page in online.items():
        kept = phone.page(path)
        assert kept is not None, path
        inspect(kept, path)
        assert told(kept) == told(page), path


def test_no_time_of_now_and_no_id_of_an_entry_lies_in_it(phone):
    ids = re.findall(r'name="id(?:-\d+)?" value="([^"]*)"', all_of(phone).replace('\\"', '"'))
    assert set(ids) <= {"", "00000000-0000-0000-0000-000000000000"}
    arrival = BeautifulSoup(phone.page(ADDED), "lxml")
    assert not arrival.find("input", attrs={"name": "arrived_at"}).get("value")


def test_names_are_masked_on_every_page_and_whole_only_where_a_search_looks(phone, cast):
    at = phone.rows["~shapes"]["places"]
    for path, row in phone.rows.items():
        if path.startswith("/households/"):
            full = at["full"] - len(row[1])
            assert all(person[full] for person in row[2])
            row[2] = [person[:full] for person in row[2]]
    text = json.dumps({**phone.rows, "~sounds": {}}, ensure_ascii=False)
    for person in (cast.elder, cast.returnee, cast.plain):
        assert person.name not in text
        assert person.masked_name in text


def test_no_whole_phone_and_no_whole_id_number_is_ever_in_it(phone, cast):
    text = all_of(phone)
    for person in (cast.elder, cast.yellow, cast.returnee, cast.plain):
        assert person.phone not in text
        assert person.id_number not in text
        assert person.masked_phone in text


def test_a_value_she_has_opened_for_five_minutes_is_not_kept_for_longer(client_of, cast):
    browser = client_of(cast.worker)
    browser.post(f"/residents/{cast.elder.id}/reveal", data={"what": "phone", "reason": "call"})
    assert cast.elder.phone in browser.get(f"/residents/{cast.elder.id}").text
    assert cast.elder.phone not in all_of(PhonePack(browser).renew())


def test_what_was_to_be_said_on_the_next_page_is_not_used_up(client_of, cast):
    browser = client_of(cast.worker)
    browser.post("/account", data={"language": "zh", "type_size": "large"})
    PhonePack(browser).renew()
    assert "设置已保存" in browser.get("/account").text


@pytest.mark.parametrize("zone", ["sibling", "foreign"])
def test_nothing_of_another_grid_or_community_is_in_it(client_of, cast, zone):
    others = canaries.release(cast)[zone]
    text = all_of(PhonePack(client_of(cast.worker)).renew())
    assert [word for word in others.marks + others.secrets if word in text] == []


def test_forms_with_nobody_in_them_open_while_the_phone_is_locked(phone, cast):
    menu = BeautifulSoup(phone.open_page("/record"), "lxml")
    forms = {link["href"] for link in menu.select(".tile")}
    assert {"/record/visit", "/record/incident", "/record/resident"} <= forms
    for path in forms - {"/me#records"}:
        page = phone.open_page(path)
        inspect(page, path)
        assert not [one for one in (cast.elder, cast.yellow) if one.masked_name in page], path
    visit_form = BeautifulSoup(phone.open_page("/record/visit"), "lxml").find(
        "form", class_="entry"
    )
    assert visit_form.find("input", attrs={"name": "to_whom"})
    assert visit_form.get("data-about") is None


def test_only_a_worker_has_one(client_of, cast):
    for user in (cast.director, cast.official, cast.admin):
        told = client_of(user).get("/pack").json
        assert (told["rows"], told["full"], told["more"]) == ([], True, False)


def test_a_worker_who_becomes_a_director_has_none_any_more(phone, cast):
    cast.worker.role = "director"
    session.commit()
    assert phone.renew().rows == {}


# --- what is sent anew


def test_when_nothing_happened_nothing_is_sent(phone):
    session.commit()
    with queries() as sent:
        phone.renew()
    assert (phone.changed, phone.answers[0]["gone"]) == ([], [])
    assert len(sent) <= 3, "\n".join(sent)


def test_after_a_visit_only_what_shows_it_is_sent(phone, cast):
    visit(cast.elder, cast.worker)
    phone.renew()
    assert "/today" in phone.changed
    assert "/me" in phone.changed
    home = f"/households/{cast.plain.household_id}"
    assert home not in phone.changed
    assert "/record" not in phone.changed
    assert len(gzip.compress(json.dumps(phone.answers[0]).encode())) < 8_000


def test_what_is_there_no_more_goes_from_the_phone(phone, cast):
    record = visit(cast.elder, cast.worker)
    path = f"/records/{record.id}"
    assert phone.renew().page(path)
    entry = Entry(new_id(), "withdrawal", clock.now(), {"record_id": str(record.id)}, {})
    accept(entry, by=cast.worker, at=clock.now())
    session.commit()
    phone.renew()
    assert path in phone.answers[-1]["gone"]
    assert phone.page(path) is None


def test_what_happens_in_another_grid_costs_a_phone_nothing(phone, cast):
    told = {"outcome": "arrived", "reason": "blue1", "origin": "141102", "transport": "car"}
    told |= {"left_on": "2022-10-05"}
    entry = Entry(new_id(), "arrival", clock.now(), {"resident_id": cast.sibling.id}, told)
    accept(entry, by=cast.colleague, at=clock.now())
    session.commit()
    with queries() as sent:
        phone.renew()
    assert (phone.changed, len(sent)) == ([], 3)


def test_an_answer_that_was_lost_is_made_good_by_the_next(client_of, cast):
    phone = PhonePack(client_of(cast.worker)).renew()
    visit(cast.elder, cast.worker)
    before = phone.cursor
    lost = phone.browser.get(f"/pack?since={before}").json
    phone.cursor = before
    phone.renew()
    assert {path for path, _row in lost["rows"]} == set(phone.changed)
    whole = PhonePack(phone.browser).renew()
    assert {k: v for k, v in phone.rows.items() if k in whole.rows} == whole.rows


def test_the_server_remembers_two_states_of_a_phone_and_none_of_one_taken_off(client_of, cast):
    browser = client_of(cast.worker)
    phone = PhonePack(browser).renew()
    for _ in range(3):
        visit(cast.elder, cast.worker)
        phone.renew()
    assert session.query(Pack).count() == 2
    browser.post("/sign-out")
    assert session.query(Pack).count() == 0


def test_a_cursor_of_somebody_else_begins_anew(client_of, cast):
    first = PhonePack(client_of(cast.worker)).renew()
    other = client_of(cast.colleague).get(f"/pack?since={first.cursor}").json
    assert other["full"]
    assert other["user"] == cast.colleague.id


@pytest.mark.parametrize("cursor", ["x", "-1", "99999", "9" * 40, "１", ""])
def test_a_cursor_that_is_none_begins_anew(client_of, cast, cursor):
    assert client_of(cast.worker).get(f"/pack?since={cursor}").json["full"]


def test_a_grid_that_is_hers_no_more_empties_the_phone(phone, cast):
    session.query(GridAssignment).filter_by(user_id=cast.worker.id).delete()
    session.commit()
    phone.renew()
    assert phone.page(f"/residents/{cast.plain.id}") is None
    assert phone.page(f"/households/{cast.plain.household_id}") is None
    text = all_of(phone)
    assert not [p for p in (cast.elder, cast.yellow, cast.plain) if p.masked_phone in text]


def test_a_phone_takes_only_so_many_and_says_what_it_has_not(client_of, cast, monkeypatch):
    monkeypatch.setattr(packed, "MOST", 5)
    phone = PhonePack(client_of(cast.worker)).renew()
    assert phone.page(f"/residents/{cast.yellow.id}")  # somebody goes there today
    assert phone.page(f"/residents/{cast.plain.id}") is None
    assert "还有 2 户要有网络时才能看" in phone.page("/residents")


def test_the_first_part_is_small_and_enough_to_begin_with(client_of, cast):
    first = client_of(cast.worker).get("/pack", headers={"Accept-Encoding": "gzip"})
    assert len(first.data) <= 25_000
    paths = [path for path, _row in json.loads(gzip.decompress(first.data))["rows"]]
    assert {"/today", "/record", "/record/incident"} <= set(paths)


def test_the_page_that_says_there_is_none_is_in_the_language_she_has_chosen(phone):
    assert "这一页要联网看" in phone.open_page("/offline")
    phone.browser.post("/account", data={"language": "en", "type_size": "normal"})
    page = phone.renew().open_page("/offline")
    assert '<html lang="en"' in page and "这一页" not in page
