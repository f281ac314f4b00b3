"""One person: masked facts, each case with its four papers, everything with who and when."""

import pytest

from app.domain.cases import Case
from app.lib import clock
from app.lib.db import session
from tests.web.pages import queries, soup


@pytest.fixture
def yellow(cast) -> str:
    return f"/residents/{cast.yellow.id}"


def test_names_numbers_and_phones_are_masked(client_of, cast, yellow):
    page = client_of(cast.worker).get(yellow).text
    assert "王**" in page
    assert "138****" in page
    for secret in ("王建国", cast.yellow.phone, cast.yellow.id_number):
        assert secret not in page


def test_a_case_shows_its_four_papers(client_of, cast, yellow):
    page = client_of(cast.worker).get(yellow).text
    for paper in (
        "未按时参加核酸检测",
        "第九版",
        "太原市2022年4月通告",
        "10月6日",
        "有异议",
        "12345",
    ):
        assert paper in page


def test_it_says_what_comes_next_and_why_it_cannot_end_yet(client_of, cast, yellow):
    page = client_of(cast.worker).get(yellow).text
    assert "首次核实" in page
    assert "还没有核实" in page


def test_the_records_that_apply_are_offered(client_of, cast, yellow):
    offered = {
        link["href"]
        for link in soup(client_of(cast.worker).get(yellow)).find_all("a", class_="btn")
    }
    who = f"resident={cast.yellow.id}"
    assert f"/record/code_check?{who}" in offered
    assert f"/record/arrival?{who}" in offered
    assert not {f"/record/visit?{who}", f"/record/code_push?{who}"} & offered


def test_only_a_director_may_open_cases_and_correct_an_end(client_of, cast, yellow):
    page = client_of(cast.director).get(f"/residents/{cast.plain.id}").text
    assert "/record/code_push?" in page
    assert f"/cases/{cast.yellow_case.id}/end" in client_of(cast.director).get(yellow).text
    assert "/end" not in client_of(cast.worker).get(yellow).text


def test_everything_recorded_is_told_with_who_and_when(client_of, cast, yellow):
    client = client_of(cast.worker)
    client.post(
        f"/record/code_check?resident={cast.yellow.id}",
        data={"outcome": "confirmed", "at_home": "y", "explained": "y"},
    )
    history = soup(client.get(yellow)).find(id="history")
    assert "黄码核实 · 情况属实" in history.text
    assert "李娜" in history.text
    assert "今天 10:30" in history.text


def test_a_corrected_record_is_said_to_count_no_more(client_of, cast, yellow):
    client, url = client_of(cast.worker), f"/record/code_check?resident={cast.yellow.id}"
    client.post(url, data={"outcome": "not_ours"})
    record_url = soup(client.get(yellow)).find(id="history").find("a")["href"]
    client.post(f"{record_url}/withdrawal")
    assert "已被更正或撤销" in soup(client.get(yellow)).find(id="history").text


def test_a_closed_case_stays_to_be_read(client_of, cast, yellow):
    session.get(Case, cast.yellow_case.id).close("green", by=cast.director, at=clock.now())
    session.commit()
    page = soup(client_of(cast.worker).get(yellow))
    assert "结档" in page.find(id=f"case-{cast.yellow_case.id}").text


def test_somebody_without_a_grid_or_an_address_is_shown_as_such(client_of, cast, yellow):
    cast.yellow.grid_id = cast.yellow.household_id = None
    session.commit()
    page = client_of(cast.director).get(yellow).text
    assert "待划分" in page
    assert "住址待核实" in page


def test_it_costs_few_queries(client_of, cast, yellow):
    client = client_of(cast.worker)
    with queries() as sent:
        client.get(yellow)
    assert len(sent) <= 12, sent


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 404), ("neighbour", 404), ("official", 403), ("admin", 403)]
)
def test_others_do_not_see_it(client_of, cast, yellow, who, status):
    assert client_of(getattr(cast, who)).get(yellow).status_code == status
