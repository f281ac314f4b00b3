"""The feedback box: what she wants to say reaches her director, who answers."""

from datetime import timedelta

from app.domain import days
from app.domain.feedback import Feedback
from app.domain.records import Record
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.reports.counters import COUNTERS, asked, tally
from app.reports.daily_report import hands_of
from app.reports.day_review import late_records_of
from app.reports.my_day import my_day, records_of
from app.sync import inbox
from tests.web.pages import press, soup
from tests.web.worker.test_sync import message, written


def test_it_reaches_the_director_and_the_answer_comes_back(client_of, cast):
    client = client_of(cast.worker)
    page = soup(press(client, "/me", "/feedback", words="表太多，能不能少填一次？"))
    assert "已送到社区负责人那里" in page.find(id="said").text
    assert "还没有答复" in page.text
    row = session.query(Feedback).one()
    assert row.community_id == cast.home.id
    row.reply("从明天起只填一张。", by=cast.director, at=clock.now())
    session.commit()
    assert "从明天起只填一张。" in client.get("/me").text


def test_an_empty_box_is_not_sent(client_of, cast):
    answer = client_of(cast.worker).post("/feedback", data={"words": "  "})
    assert answer.status_code == 422
    assert "请先写几句" in answer.text
    assert session.query(Feedback).count() == 0


def test_too_long_is_refused_and_kept_in_the_box(client_of, cast):
    answer = client_of(cast.worker).post("/feedback", data={"words": "长" * 10_000})
    assert answer.status_code == 422
    assert "最多写 2000 个字" in answer.text
    assert "长" * 10_000 in answer.text


def test_a_phone_hands_it_in_like_anything_else_and_once(client_of, cast):
    told = written(cast, kind="feedback", subject={}, fields={"words": "表太多"})
    client = client_of(cast.worker)
    for state in ("kept", "already"):
        [receipt] = client.post("/sync", json=message(told)).json["receipts"]
        assert receipt["state"] == state
    assert session.query(Feedback).one().words == "表太多"
    kept = session.query(Record).filter_by(kind="feedback").one()
    assert (kept.resident_id, kept.grid_id, kept.fields) == (None, None, {})


def test_it_is_no_work_and_nothing_counts_it(client_of, cast):
    yesterday = clock.today() - timedelta(days=1)
    days.close_day(cast.home.id, yesterday, sums={}, report="", by=cast.director, at=clock.now())
    asked_for = [asked(cast.home), asked(cast.home, yesterday)]
    names = [name for name, counter in COUNTERS.items() if counter.model is Record]
    before = tally([(one, names) for one in asked_for])
    for at in (clock.now(), clock.at(yesterday, 20)):
        entry = Entry(new_id(), "feedback", at, {}, {"words": "表太多"}, "phone")
        assert inbox.receive([entry], by=cast.worker)[0].state == "kept"
    after = tally([(one, names) for one in asked_for])
    for one in asked_for:
        assert [after.total(n, one.day) for n in names] == [before.total(n, one.day) for n in names]
    assert my_day(cast.worker, clock.today()).by_kind == {}
    assert records_of(cast.worker, clock.today()) == []
    assert hands_of(cast.home, clock.today()).recorded == 0
    closing = days.closing_of(cast.home.id, yesterday)
    assert closing.late_records == 0 and late_records_of(closing) == []


def test_it_is_not_offered_corrected_nor_taken_back(client_of, cast):
    client = client_of(cast.worker)
    client.post("/feedback", data={"words": "表太多"})
    kept = session.query(Record).filter_by(kind="feedback").one()
    assert "/record/feedback" not in client.get("/record").text
    page = client.get(f"/records/{kept.id}").text
    assert "supersedes=" not in page and f"{kept.id}/withdrawal" not in page
    client.post(f"/records/{kept.id}/withdrawal")
    assert session.query(Record).filter_by(kind="withdrawal").count() == 0


def test_her_director_alone_sees_it(client_of, cast):
    client_of(cast.worker).post("/feedback", data={"words": "表太多"})
    kept = session.query(Record).filter_by(kind="feedback").one()
    url = f"/records/{kept.id}"
    assert client_of(cast.director).get(url).status_code == 200
    for other in (cast.colleague, cast.neighbour, cast.next_director):
        assert client_of(other).get(url).status_code == 404
