"""人员台账 in the browser: filters that can be kept, names that never stand in an address."""

import pytest

from app.domain.filters import SavedFilter
from app.lib.db import session
from app.reports.ledger_kinds import LEDGERS
from tests.web.pages import HTMX, press, queries, soup


def first_cells(response) -> list[str]:
    return [row.td.get_text(" ", strip=True) for row in soup(response).select(".rows tbody tr")]


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_ledger_opens_within_twenty_queries(client_of, lived, kind):
    client = client_of(lived.director)
    with queries() as sent:
        assert client.get(f"/ledgers/{kind}").status_code == 200
    assert len(sent) <= 20


def test_names_are_masked_and_lead_to_the_person(client_of, lived):
    page = soup(client_of(lived.director).get("/ledgers/yellow"))
    assert "王建国" not in page.text
    link = page.find("a", string="王**")
    assert link["href"] == f"/residents/{lived.yellow.id}"


def test_filters_stand_in_the_address_and_in_the_form(client_of, lived):
    page = soup(client_of(lived.director).get("/ledgers/yellow?stage=ready&sort=-since"))
    assert page.select_one("#list")["data-rows"] == "1"
    assert page.select_one("select[name=stage] option[selected]")["value"] == "ready"


def test_what_is_no_filter_is_left_alone(client_of, lived):
    client = client_of(lived.director)
    assert (
        soup(client.get("/ledgers/yellow?stage=x&sort=x&page=x&state=x")).select_one("#list")[
            "data-rows"
        ]
        == "5"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/ledgers/nothing",
        "/ledgers/yellow?counter=nothing",
        "/ledgers/yellow?counter=elder_roll",
        "/ledgers/yellow?grid=999",
        "/ledgers/yellow?grid=1401060010030001",
        "/ledgers/yellow?day=yesterday",
    ],
)
def test_what_is_not_there_is_not_found(client_of, lived, address):
    assert client_of(lived.director).get(address).status_code == 404


def test_a_name_is_looked_for_without_an_address(client_of, lived):
    client = client_of(lived.director)
    found = client.post("/ledgers/yellow/search", data={"name": "王建国"})
    assert first_cells(found) == ["王** 黄码"]
    part = client.post("/ledgers/yellow/search", data={"name": "sunjiu"}, headers=HTMX)
    assert part.text.lstrip().startswith("<section")
    assert "王建国" not in client.get("/ledgers/yellow").text


def test_a_name_that_nobody_has(client_of, lived):
    found = client_of(lived.director).post("/ledgers/yellow/search", data={"name": "<b>无</b>"})
    assert "没有符合条件的" in found.text
    assert "<b>无</b>" not in found.text


def test_a_filter_is_kept_under_a_name_and_taken_away(client_of, lived):
    client = client_of(lived.director)
    page = press(client, "/ledgers/yellow?stage=ready", "/ledgers/yellow/filters", name="可申报")
    link = soup(page).find("a", string="可申报")
    assert link["href"] == "/ledgers/yellow?stage=ready"
    kept = session.query(SavedFilter).one()
    press(client, "/ledgers/yellow", f"/ledgers/yellow/filters/{kept.id}/removal")
    assert session.query(SavedFilter).count() == 0


def test_a_kept_filter_holds_only_what_is_a_filter(client_of, lived):
    query = "stage=ready&name=王建国&next=//evil.example"
    told = {"name": "甲", "query": query}
    client_of(lived.director).post("/ledgers/yellow/filters", data=told)
    assert session.query(SavedFilter).one().query == "stage=ready"


def test_a_filter_without_a_name_is_not_kept(client_of, lived):
    client = client_of(lived.director)
    page = press(client, "/ledgers/yellow", "/ledgers/yellow/filters", name=" ")
    assert "起个名字" in page.text
    assert session.query(SavedFilter).count() == 0


def test_a_colleagues_filter_is_her_own(client_of, lived):
    client_of(lived.secretary).post("/ledgers/yellow/filters", data={"name": "书记的"})
    kept = session.query(SavedFilter).one()
    client = client_of(lived.director)
    assert "书记的" not in client.get("/ledgers/yellow").text
    client.post(f"/ledgers/yellow/filters/{kept.id}/removal")
    assert session.query(SavedFilter).count() == 1


def test_ready_ones_can_be_ticked_and_applied_for(client_of, lived):
    page = soup(client_of(lived.director).get("/ledgers/yellow"))
    assert page.select_one("form#batch")["action"] == "/decode"
    assert len(page.select("input[name=case][form=batch]")) == 1


def test_open_tasks_can_be_ticked_and_reminded_of(client_of, lived):
    page = soup(client_of(lived.director).get("/ledgers/task"))
    assert page.select_one("form#batch")["action"] == "/reminders"
    assert len(page.select("input[name=task]")) == len(page.select(".rows tbody tr"))


def test_all_that_a_number_counts_can_be_reminded_of_at_once(client_of, lived):
    client = client_of(lived.director)
    page = soup(client.get("/ledgers/task?counter=tasks_late"))
    everything = page.select_one("form[action='/reminders'] input[name=counter]")
    answer = client.post("/reminders", data={"counter": everything["value"]}, follow_redirects=True)
    assert f"已提醒 {page.select_one('#list')['data-rows']} 件" in answer.text


def test_whoever_has_no_grid_or_door_is_shown_as_such(client_of, lived):
    page = soup(client_of(lived.director).get("/ledgers/resident?counter=no_grid"))
    assert page.text.count("地址不详") >= 2
    assert len(page.select(".rows tbody tr")) == 2


def test_unchanged_it_is_304_until_a_filter_is_kept(client_of, lived):
    client = client_of(lived.director)
    tag = client.get("/ledgers/yellow").headers["ETag"]
    assert client.get("/ledgers/yellow", headers={"If-None-Match": tag}).status_code == 304
    client.post("/ledgers/yellow/filters", data={"name": "甲", "query": ""})
    assert client.get("/ledgers/yellow", headers={"If-None-Match": tag}).status_code == 200


def test_it_is_the_directors_alone_and_her_own(client_of, lived):
    assert client_of(lived.worker).get("/ledgers/yellow").status_code == 403
    theirs = soup(client_of(lived.next_director).get("/ledgers/yellow"))
    assert theirs.select_one("#list")["data-rows"] == "0"
