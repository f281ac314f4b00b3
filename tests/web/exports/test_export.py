"""Whole names of many people leave only when a second person says yes; of few, with a password."""

from datetime import timedelta

import pytest

from app import jobs
from app.domain.audit import AuditEntry
from app.domain.exports import Export
from app.domain.messages import Message
from app.lib import clock
from app.lib.db import session
from tests.exports import fetched, in_full, unlocked, words_of
from tests.notify.street import tell
from tests.uploads import verified
from tests.web.pages import soup

ASK = "/ledgers/resident/full"


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.director)


@pytest.fixture
def many(cast) -> None:
    """51 people of the community."""
    verified(cast, 51 - 5)


def asked(desk) -> str:
    answer = desk.post(ASK, data={"reason": "报公安"})
    assert answer.status_code == 303 and answer.location.startswith("/exports/")
    return answer.location


def state() -> str:
    session.rollback()
    return session.query(Export).order_by(Export.id.desc()).first().state


def told() -> set[tuple[str, int]]:
    tell()
    return {
        (message.kind, message.person_id)
        for message in session.query(Message)
        if message.kind.startswith("export")
    }


def test_51_people_need_a_second_director(desk, client_of, cast, many):
    export = asked(desk)
    assert state() == "asked"
    assert desk.post(f"{export}/file").status_code in (303, 409, 422)
    desk.post(f"{export}/approval")  # her own
    assert state() == "asked"
    assert "等第二个人批准" in desk.get("/board").text
    second = client_of(cast.secretary)
    assert soup(second.get(export)).find("form", action=f"{export}/approval")
    second.post(f"{export}/approval")
    assert state() == "approved" and "可以取件" in desk.get("/board").text
    assert {"王建国", "核45"} <= words_of(fetched(desk, export))
    assert told() == {("export_asked", cast.secretary.id), ("export_approved", cast.director.id)}
    assert second.post(f"{export}/file").status_code == 404  # nobody fetches for another
    entries = session.query(AuditEntry).filter(AuditEntry.target.not_like("user:%"))
    actions = [(entry.who, entry.action) for entry in entries.order_by(AuditEntry.id)]
    assert actions[-3:] == [
        ("guoshuji", "export_decided"), ("zhangmin", "exported"), ("zhangmin", "fetched")
    ]  # fmt: skip
    assert [deed for _who, deed in actions].count("exported") == 1


def test_50_people_do_not_and_slices_of_them_are_summed(desk, cast):
    verified(cast, 50 - 5)
    in_full(desk, ASK)
    asked(desk)
    assert state() == "asked"


def test_an_official_above_decides_where_there_is_no_second_director(desk, client_of, cast, many):
    cast.secretary.active = False
    session.commit()
    export = asked(desk)
    assert told() == {("export_asked", cast.official.id)}
    page = client_of(cast.official).get(export).text
    assert "51" in page and "报公安" in page and "王建国" not in page
    client_of(cast.official).post(f"{export}/approval")
    assert state() == "approved"


def test_no_is_said_with_a_reason(desk, client_of, cast, many):
    export, second = asked(desk), client_of(cast.secretary)
    second.post(f"{export}/approval", data={"decision": "decline", "words": " "})
    assert state() == "asked"
    second.post(f"{export}/approval", data={"decision": "decline", "words": "先分网格报"})
    assert state() == "declined" and "先分网格报" in desk.get(export).text
    desk.post(f"{export}/file")
    assert desk.post(f"{export}/file.xlsx").status_code == 404


def test_a_password_is_shown_once_and_another_opens_nothing_older(desk, cast):
    export = asked(desk)
    first = soup(desk.post(f"{export}/file")).find(id="password").text
    content = desk.post(f"{export}/file.xlsx").data
    assert first not in desk.get(export).text
    assert "王建国" in words_of(unlocked(content, first))
    second = soup(desk.post(f"{export}/file")).find(id="password").text
    assert second != first
    with pytest.raises(Exception, match="(?i)password|key|decrypt"):
        unlocked(desk.post(f"{export}/file.xlsx").data, first)


def test_a_file_dies_after_24_hours(desk, cast):
    export = asked(desk)
    desk.post(f"{export}/file")
    with clock.stopped_at(clock.now() + timedelta(hours=24)):
        assert desk.post(f"{export}/file.xlsx").status_code in (401, 404)
        assert jobs.clear_exports() == 1
        session.commit()
    row = session.query(Export).one()
    assert (row.state, row.content_text_sealed) == ("gone", None)


def test_more_people_than_were_allowed_is_asked_anew(desk, client_of, cast, many):
    export = asked(desk)
    client_of(cast.secretary).post(f"{export}/approval")
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        newcomers = verified(cast, 1)
        newcomers[0].resident.set_name("后来的")
        session.commit()
        answer = desk.post(f"{export}/file", follow_redirects=True)
    assert "请重新申请" in answer.text and state() == "approved"


def test_nobody_elses(client_of, desk, cast):
    export = asked(desk)
    for who, status in (("worker", 403), ("admin", 403), ("next_director", 404)):
        client = client_of(getattr(cast, who))
        assert client.get(export).status_code == status
        for deed in ("approval", "file", "file.xlsx"):
            assert client.post(f"{export}/{deed}").status_code == status
