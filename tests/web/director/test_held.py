"""待定夺: an entry of another's grid is shown whole, and kept or sent back."""

import pytest

from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync import inbox
from tests.web.pages import queries, soup


@pytest.fixture
def entry(cast) -> Entry:
    """周强 visited 刘福, who lives in 李娜's grid."""
    fields = {"outcome": "needs", "needs": ["food"], "note": "想要点挂面"}
    held = Entry(new_id(), "visit", clock.now(), {"resident_id": cast.elder.id}, fields, "phone")
    assert inbox.receive([held], by=cast.colleague)[0].state == "held"
    return held


def test_it_is_shown_whole_with_author_and_reason(client_of, cast, entry):
    page = soup(client_of(cast.director).get("/held"))
    card = page.find(id=f"entry-{entry.id}").get_text(" ", strip=True)
    for told in ("刘大爷", "周强", "归别的网格", "需要帮忙", "想要点挂面"):
        assert told in card


def test_accepted_it_is_the_authors_record(client_of, cast, entry):
    client = client_of(cast.director)
    page = client.post(
        f"/held/{entry.id}/decision", data={"decision": "accept"}, follow_redirects=True
    )
    assert "已收下，记在周强名下" in page.text
    assert session.get(Record, entry.id).by_id == cast.colleague.id
    assert session.get(Receipt, entry.id).state == "kept"
    assert "没有待定夺的登记" in page.text


def test_returned_it_says_why(client_of, cast, entry):
    client, url = client_of(cast.director), f"/held/{entry.id}/decision"
    without = client.post(url, data={"decision": "return"})
    assert without.status_code == 422
    assert "退回要写一句原因" in without.text
    client.post(url, data={"decision": "return", "words": "李娜已经去过了"})
    assert session.get(Receipt, entry.id).state == "returned"
    assert session.get(Record, entry.id) is None


def test_a_decision_is_taken_once_and_only_in_the_own_community(client_of, cast, entry):
    url = f"/held/{entry.id}/decision"
    elsewhere = client_of(cast.next_director)
    assert elsewhere.post(url, data={"decision": "accept"}).status_code == 404
    client = client_of(cast.director)
    client.post(url, data={"decision": "accept"})
    assert client.post(url, data={"decision": "accept"}).status_code == 404


def test_it_costs_few_queries(client_of, cast, entry):
    client = client_of(cast.director)
    with queries() as sent:
        client.get("/held")
    assert len(sent) <= 20
