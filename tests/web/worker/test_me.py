"""我的: her own day, what came back or waits for a decision, her records."""

from dataclasses import replace

from app.domain.receipts import Receipt
from app.domain.tasks import Task
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync import held, inbox
from tests.web.pages import press, soup

WELL = {"outcome": "well"}


def send(cast, kind: str, resident, **fields: str) -> Entry:
    """An entry from her phone."""
    about = {"resident_id": resident.id}
    entry = Entry(new_id(), kind, clock.now(), about, fields, via="phone")
    inbox.receive([entry], by=cast.worker)
    return entry


def test_it_shows_her_own_day_and_nobody_else_s(client_of, cast):
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    client = client_of(cast.worker)
    client.post(f"/tasks/{task.id}/completion")
    page = soup(client.get("/me"))
    assert "李娜" in page.text
    assert "黄码核实" in page.find("dl").text
    assert "周强" not in page.text
    assert "黄码核实" not in soup(client_of(cast.colleague).get("/me")).find("dl").text


def test_a_refused_entry_can_be_mended_and_sent_again(client_of, cast):
    entry = send(cast, "code_check", cast.yellow, outcome="nonsense", note="门口遇到")
    client = client_of(cast.worker)
    page = soup(client.get("/me"))
    waiting = page.find(id="waiting")
    assert "未通过" in waiting.text
    mend = waiting.find("a", string="改好再存")["href"]
    form = soup(client.get(mend))
    assert "门口遇到" in form.text
    assert "请从列表里选" in form.text
    sent = {"id": str(entry.id), "outcome": "not_ours", "note": "门口遇到", "back": "/me"}
    after = soup(client.post(mend, data=sent, follow_redirects=True))
    assert after.find(id="waiting") is None
    assert session.get(Receipt, entry.id).state == "kept"


def test_a_held_entry_says_with_whom_it_is(client_of, cast):
    send(cast, "incident_handled", cast.yellow)  # noise: refused, there is no incident
    entry = send(cast, "code_check", cast.sibling, outcome="confirmed", at_home="y")
    assert session.get(Receipt, entry.id).state == "held"
    waiting = soup(client_of(cast.worker).get("/me")).find(id="waiting")
    assert "待定夺" in waiting.text
    assert "张敏" in waiting.text


def test_a_returned_entry_comes_back_with_the_director_s_words(client_of, cast):
    entry = send(cast, "code_check", cast.sibling, outcome="confirmed", at_home="y")
    receipt = session.get(Receipt, entry.id)
    held.decide(receipt, False, words="赵铁柱归周强管", by=cast.director, at=clock.now())
    session.commit()
    waiting = soup(client_of(cast.worker).get("/me")).find(id="waiting")
    assert "赵铁柱归周强管" in waiting.text


def test_her_records_of_today_can_be_corrected(client_of, cast):
    entry = send(cast, "test", cast.yellow, outcome="sampled")
    listed = soup(client_of(cast.worker).get("/me")).find(id="records")
    assert listed.find("a", href=f"/records/{entry.id}") is not None


def test_it_leads_to_her_settings_and_out(client_of, cast):
    page = soup(client_of(cast.worker).get("/me"))
    assert page.find("a", href="/account") is not None
    assert page.find("form", action="/sign-out") is not None


def test_what_waits_can_be_taken_back_without_a_script(client_of, cast):
    client = client_of(cast.worker)
    entry = Entry(new_id(), "visit", clock.now(), {"resident_id": cast.sibling.id}, WELL, "phone")
    for _time in range(2):  # thought better of it, sent anew, and taken back again
        assert inbox.receive([entry], by=cast.worker)[0].state == "held"
        page = soup(press(client, "/me", f"/records/{entry.id}/withdrawal"))
        assert "已撤回" in page.text and "等您改或等定夺" not in page.text
        assert session.get(Receipt, entry.id).state == "withdrawn"
        entry = replace(entry, fields=WELL | {"note": "再想想"})


def test_nobody_takes_back_what_waits_of_somebody_else(client_of, cast):
    entry = Entry(new_id(), "visit", clock.now(), {"resident_id": cast.sibling.id}, WELL, "phone")
    inbox.receive([entry], by=cast.worker)
    url = f"/records/{entry.id}/withdrawal"
    for other in (cast.neighbour, cast.next_director):
        assert client_of(other).post(url).status_code == 404
    assert session.get(Receipt, entry.id).state == "held"
