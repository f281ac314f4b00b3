"""One batch: the list to attach, and what the city answered of each."""

import pytest

from app.domain.cases import Case, open_case_of
from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import form_to, queries, soup

BATCH = "20221004010000"


def case_of(name: str) -> Case:
    person = session.query(Resident).filter_by(name=name).one()
    return open_case_of(person.id, "yellow")


def test_everybody_of_the_batch_masked_with_the_tests(client_of, lived):
    client = client_of(lived.director)
    with queries() as sent:
        page = soup(client.get(f"/decode/{BATCH}"))
    assert len(sent) <= 20
    assert "孙**" in page.text
    assert "10-03 10:00" in page.text
    assert "孙七" not in page.text
    assert case_of("孙七").resident.phone not in page.text


def test_turned_green_ends_the_case(client_of, lived):
    case = case_of("孙七")
    data = {"outcome": "green", "case": case.id}
    page = client_of(lived.director).post(
        f"/decode/{BATCH}/results", data=data, follow_redirects=True
    )
    assert "已登记 1 人的结果" in page.text
    session.refresh(case)
    assert (case.is_open, case.outcome) == (False, "green")


def test_sent_back_with_its_reason_it_may_be_applied_for_again(client_of, lived):
    case, client = case_of("孙七"), client_of(lived.director)
    data = {"outcome": "returned", "case": case.id, "reason": "截图不清"}
    client.post(f"/decode/{BATCH}/results", data=data)
    session.refresh(case)
    assert (case.is_open, case.stage) == (True, "returned")
    assert str(case.id) in {
        one["value"] for one in soup(client.get("/decode")).select("[name=case]")
    }


def test_sent_back_without_a_reason_is_refused(client_of, lived):
    case, client = case_of("孙七"), client_of(lived.director)
    data = {"outcome": "returned", "case": case.id}
    client.post(f"/decode/{BATCH}/results", data=data)
    session.refresh(case)
    assert case.stage == "applied"


def test_all_that_wait_are_green_at_once(client_of, lived):
    client = client_of(lived.director)
    client.post("/decode", data={"case": case_of("孙六").id})
    client.post("/decode/20221006023000/results", data={"outcome": "green"})
    assert session.query(Case).filter_by(outcome="green").count() == 2


def test_what_was_answered_has_no_buttons_any_more(client_of, lived):
    page = soup(client_of(lived.director).get("/decode/20221004030000"))
    assert "已转绿" in page.text
    assert page.find("form", action="/decode/20221004030000/results") is None


def test_a_waiting_one_has_both_answers(client_of, lived):
    page = soup(client_of(lived.director).get(f"/decode/{BATCH}"))
    assert form_to(page, f"/decode/{BATCH}/results")["outcome"] == "green"
    assert page.select_one("input[name=reason][required]") is not None


@pytest.mark.parametrize("who", ["next_director", "worker"])
def test_nobody_elses_batch(client_of, lived, who):
    client = client_of(getattr(lived, who))
    assert client.get(f"/decode/{BATCH}").status_code in (403, 404)
    answer = client.post(f"/decode/{BATCH}/results", data={"outcome": "green"})
    assert answer.status_code in (403, 404)
    assert case_of("孙七").is_open
