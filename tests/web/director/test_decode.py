"""申报解码 from the tick to the city's answer."""

import pytest

from app.domain.cases import Case, open_case_of
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import form_to, queries, soup

BATCH = "20221004010000"


def case_of(name: str) -> Case:
    person = session.query(Resident).filter_by(name=name).one()
    return open_case_of(person.id, "yellow")


def test_whoever_is_ready_stands_there_ticked_and_masked(client_of, lived):
    client = client_of(lived.director)
    with queries() as sent:
        page = soup(client.get("/decode"))
    assert len(sent) <= 20
    ticked = page.select("input[name=case][checked]")
    assert [int(one["value"]) for one in ticked] == [case_of("孙六").id]
    assert "孙六" not in page.text
    assert case_of("孙六").resident.id_number not in page.text


def test_applying_makes_a_batch_with_its_list(client_of, lived):
    case = case_of("孙六")
    sent = client_of(lived.director).post("/decode", data={"case": case.id})
    assert sent.headers["Location"] == "/decode/20221006023000"
    session.refresh(case)
    assert case.stage == "applied"


def test_nobody_ticked_and_nobody_ready_are_refused_with_a_sentence(client_of, lived):
    client = client_of(lived.director)
    assert "还没有勾选" in client.post("/decode", data={}, follow_redirects=True).text
    unready = client.post("/decode", data={"case": case_of("孙五").id}, follow_redirects=True)
    assert "还不符合解码条件" in unready.text
    assert session.query(Record).filter_by(kind="decode_application").count() == 2


def test_applying_twice_applies_once(client_of, lived):
    case, client = case_of("孙六"), client_of(lived.director)
    for _tap in range(2):
        client.post("/decode", data={"case": case.id})
    assert session.query(Record).filter_by(kind="decode_application", case_id=case.id).count() == 1


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
    case = case_of("孙六")
    client.post("/decode", data={"case": case.id})
    session.refresh(case)
    assert case.stage == "ready"
