"""待定夺: an entry of another's grid is shown whole, and kept or sent back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import accounts
from app.domain.accounts import Profile
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync import inbox
from tests.given import given_to_one
from tests.intake.telling import tell
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


LATE = {
    "assignment_accepted": {},
    "assignment_asked": {"question": "地下室也贴吗？"},
    "assignment_handed_on": {"to": "back", "why": "没有梯子"},
}


@pytest.mark.parametrize("kind", LATE)
@pytest.mark.parametrize("resident", [None, "elder"])
def test_what_is_said_late_of_work_that_somebody_else_has_by_now(client_of, cast, kind, resident):
    about = getattr(cast, resident) if resident else None
    task = given_to_one(cast.worker, cast, resident=about)
    task.share.give_again(cast.colleague, by=cast.director, at=clock.now())
    session.commit()
    late = Entry(new_id(), kind, clock.now(), {"task_id": task.id}, LATE[kind], "phone")
    assert inbox.receive([late], by=cast.worker)[0].state == "held"
    client = client_of(cast.director)
    card = soup(client.get("/held")).find(id=f"entry-{late.id}")
    said = card.get_text(" ", strip=True)
    assert "李娜" in said and "这件事现在交给了别人" in said
    assert all(words in said for words in LATE[kind].values() if words != "back")
    assert card.find("a", href=f"/assignments/{task.assignment_id}")
    client.post(f"/held/{late.id}/decision", data={"decision": "accept"})
    assert session.get(Record, late.id).by_id == cast.worker.id
    assert (task.share.state, task.assignee) == ("given", cast.colleague)  # it is hers as before


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


def test_of_somebody_who_has_left_it_says_where_she_is_now(client_of, cast):
    written = sent(cast, "visit", resident_id=cast.elder.id)
    profile = Profile("lina", "李娜", "网格员", "worker", cast.next_door, None)
    accounts.change_user(cast.worker, profile, by=cast.admin, at=clock.now())
    assert inbox.receive([written], by=cast.worker)[0].state == "held"
    card = soup(client_of(cast.director).get("/held")).find(id=f"entry-{written.id}")
    for told in ("刘大爷", "李娜", "已经不在这个社区", "现在是桃园北社区网格员"):
        assert told in card.get_text(" ", strip=True)
    elsewhere = client_of(cast.next_director)
    assert str(written.id) not in elsewhere.get("/held").text
    url = f"/held/{written.id}/decision"
    assert elsewhere.post(url, data={"decision": "accept"}).status_code == 404
    assert client_of(cast.director).post(url, data={"decision": "accept"}).status_code == 303
    assert session.get(Record, written.id).community_id == cast.home.id


def test_of_a_closed_case_it_names_the_resident(client_of, cast):
    with clock.stopped_at(clock.now() - timedelta(hours=1)):
        tell("release", cast.elder_case, by=cast.director, outcome="moved")
        session.commit()
    written = sent(cast, "visit", resident_id=cast.elder.id)
    inbox.receive([written], by=cast.worker)
    card = soup(client_of(cast.director).get("/held")).find(id=f"entry-{written.id}")
    assert "刘大爷" in card.text and "已经结束" in card.text


def test_what_an_older_form_asked_is_shown_by_its_old_name(client_of, cast):
    written = replace(sent(cast, "visit", mood="好", outcome="?"), form="0123456789ab")
    inbox.receive([written], by=cast.worker)
    card = soup(client_of(cast.director).get("/held")).find(id=f"entry-{written.id}")
    assert "旧表单“mood”" in card.text and "好" in card.text
    back = client_of(cast.director).post(
        f"/held/{written.id}/decision", data={"decision": "accept"}
    )
    assert back.status_code == 422 and "情况：请从列表里选。" in back.text


def sent(cast, kind: str, resident_id: int | None = None, **fields) -> Entry:
    """Something that 李娜 wrote on her phone."""
    about = {"resident_id": resident_id or cast.elder.id}
    return Entry(new_id(), kind, clock.now(), about, {"outcome": "well"} | fields, "phone")
