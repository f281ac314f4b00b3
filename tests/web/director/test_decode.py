"""申报解码: the tick and the application."""

import pytest

from app.domain.cases import Case, open_case_of
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import queries, soup


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


@pytest.mark.parametrize("who", ["next_director", "worker"])
def test_nobody_applies_for_anothers_resident(client_of, lived, who):
    case = case_of("孙六")
    client_of(getattr(lived, who)).post("/decode", data={"case": case.id})
    session.refresh(case)
    assert case.stage == "ready"
