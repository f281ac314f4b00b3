"""One tap: the record is kept whole, said, and can be taken back."""

from datetime import timedelta

import pytest

from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.web.pages import entry_on, form_to, soup


@pytest.fixture
def verify(cast) -> Task:
    """王建国's first verification, which is late."""
    return session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()


def test_one_tap_keeps_a_record_and_does_the_task(client_of, cast, verify):
    client, url = client_of(cast.worker), f"/tasks/{verify.id}/completion"
    hidden = form_to(soup(client.get("/today")), url)
    answer = client.post(url, data=hidden)
    assert answer.status_code == 303
    kept = session.query(Record).filter_by(kind="code_check").one()
    assert str(kept.id) == hidden["id"]
    assert (kept.outcome, kept.fields["at_home"]) == ("confirmed", True)
    assert session.get(Task, verify.id).state == "done"


def test_it_is_said_with_a_way_to_take_it_back(client_of, cast, verify):
    client = client_of(cast.worker)
    page = soup(client.post(f"/tasks/{verify.id}/completion", follow_redirects=True))
    said = page.find(id="said")
    assert "王** 已核实" in said.text
    client.post(said.form["action"])
    assert session.get(Task, verify.id).state == "open"


def test_a_double_tap_counts_once(client_of, cast, verify):
    client, tap = client_of(cast.worker), {"id": str(new_id())}
    for _tap in range(2):
        assert client.post(f"/tasks/{verify.id}/completion", data=tap).status_code == 303
    assert session.query(Record).filter_by(kind="code_check").count() == 1


def test_the_phone_reads_from_the_card_what_a_plain_tap_would_record(client_of, cast, verify):
    client = client_of(cast.worker)
    card = soup(client.get("/today")).find("form", action=f"/tasks/{verify.id}/completion")
    receipt = client.post("/sync", json={"entries": [entry_on(card)]}).json["receipts"][0]
    assert receipt["state"] == "kept"
    kept = session.query(Record).filter_by(kind="code_check").one()
    assert (kept.outcome, kept.fields["at_home"]) == ("confirmed", True)
    assert session.get(Task, verify.id).state == "done"


def test_an_elder_is_well_with_one_tap(client_of, cast):
    visit = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    with clock.stopped_at(visit.due_at - timedelta(hours=8)):
        client_of(cast.worker).post(f"/tasks/{visit.id}/completion")
    kept = session.query(Record).filter_by(kind="visit").one()
    assert (kept.outcome, kept.fields["seen"]) == ("well", True)


def test_what_one_tap_cannot_say_opens_the_form(client_of, cast):
    cast.yellow_case.close("green", by=cast.director, at=clock.now())
    task = session.query(Task).filter_by(kind="verify", resident_id=cast.yellow.id).one()
    task.kind = "release"
    session.commit()
    answer = client_of(cast.worker).post(f"/tasks/{task.id}/completion")
    assert answer.location.endswith(f"/record/release?task={task.id}")


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 404), ("neighbour", 404), ("director", 403), ("admin", 403)]
)
def test_nobody_else_may(client_of, cast, verify, who, status):
    answer = client_of(getattr(cast, who)).post(f"/tasks/{verify.id}/completion")
    assert answer.status_code == status
    assert session.query(Record).filter_by(kind="code_check").count() == 0
