"""A notice for ten o'clock: to whom, who has read it, and a reminder for who has not."""

from datetime import timedelta
from io import BytesIO

import pytest

from app.domain.notices import Notice
from app.lib import clock
from app.lib.db import session
from tests.given import told_to
from tests.intake.telling import tell
from tests.web.pages import form_to, press, queries, soup

NEW = "/notices/new"


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.director)


def send(client, **typed):
    fields = form_to(soup(client.get(NEW)), NEW)
    data = fields | {"title": "十点视频培训"} | typed
    return client.post(NEW, data=data, follow_redirects=True)


def test_one_line_goes_to_all_workers(client, cast):
    assert "已发出" in send(client).text
    notice = session.query(Notice).one()
    assert [reader.user for reader in notice.readers] == [cast.worker, cast.colleague]


def test_with_time_link_file_and_reminder(client, client_of, cast):
    send(client, starts_at="2022-10-06T15:00", remind="30", link="https://meeting.example/1",
         words="带上笔记本", files=[(BytesIO(b"%PDF-1.4"), "议程.pdf")])  # fmt: skip
    notice = session.query(Notice).one()
    assert notice.starts_at - notice.remind_at == timedelta(minutes=30)
    page = client_of(cast.worker).get(f"/notices/mine/{notice.id}").text
    for words in ("今天 15:00", "https://meeting.example/1", "带上笔记本", "议程.pdf"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"title": " "}, "请写一句是什么事。"),
        ({"starts_at": "2022-10-06T08:00"}, "时间要晚于现在。"),
        ({"link": "javascript:alert(1)"}, "链接要以 https:// 开头。"),
        ({"how": "people"}, "请至少选一个人。"),
    ],
)
def test_what_is_wrong_is_said(client, typed, why):
    page = send(client, **typed)
    assert page.status_code == 422 and why in page.text
    assert session.query(Notice).count() == 0


def test_who_has_not_read_it_is_reminded_in_two_taps(client, cast):
    send(client)
    notice = session.query(Notice).one()
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    session.commit()
    page = press(client, "/notices", f"/notices/{notice.id}/reminders").text
    assert "已提醒 1 人" in page and "已读 1" in page and "未读 1" in page
    assert "周强" in client.get(f"/notices/{notice.id}").text


def test_it_is_taken_back(client, client_of, cast):
    notice = told_to(cast.worker, cast)
    session.commit()
    client.post(f"/notices/{notice.id}/withdrawal")
    assert notice.withdrawn_at
    assert client_of(cast.worker).get(f"/notices/mine/{notice.id}").status_code == 404
    assert "十点视频培训" not in client_of(cast.worker).get("/today").text


def test_the_next_community_sees_nothing_of_it(client_of, cast):
    notice = told_to(cast.worker, cast)
    session.commit()
    for who in (cast.next_director, cast.neighbour):
        assert client_of(who).get(f"/notices/mine/{notice.id}").status_code == 404
    assert client_of(cast.next_director).get(f"/notices/{notice.id}").status_code == 404
    assert "十点视频培训" not in client_of(cast.next_director).get("/notices").text


def test_how_far_a_training_has_come(client, cast):
    tell("training_read", by=cast.worker, training="ninth-zones")
    session.commit()
    assert "1 / 4 人看过" in client.get("/notices").text
    page = soup(client.get("/trainings/ninth-zones/readers")).main.get_text(" ", strip=True)
    assert page.index("周强") < page.index("看过") < page.index("李娜")


def test_many_notices_cost_few_queries(client, cast):
    for _n in range(12):
        told_to(cast.worker, cast, starts_at=clock.now() + timedelta(hours=1))
    session.commit()
    with queries() as sent:
        client.get("/notices")
    assert len(sent) <= 20
