"""Looking records over: in order, or back to the author with a question."""

from app.domain.records import Record
from app.domain.reviews import review_of
from app.domain.tasks import Task
from app.lib.db import session
from tests.intake.telling import tell
from tests.web.pages import press, soup

LIST = "/checklist/1401060010020001?show=to_check"


def a_visit(cast) -> Record:
    record = tell(
        "visit",
        cast.elder,
        by=cast.worker,
        outcome="needs",
        needs=["medicine"],
        note="降压药快没了",
    )
    session.commit()
    return record


def test_it_shows_what_was_written(client_of, cast):
    record = a_visit(cast)
    page = soup(client_of(cast.director).get(f"/records/{record.id}/review"))
    assert "需要帮忙" in page.text
    assert "降压药快没了" in page.text
    assert "刘福" not in page.text


def test_one_tap_says_it_is_in_order(client_of, cast):
    record, client = a_visit(cast), client_of(cast.director)
    page = soup(press(client, LIST, f"/records/{record.id}/check"))
    assert "已审核通过" in page.find(id="said").text
    assert review_of(record).state == "checked"
    assert soup(client.get(LIST)).find(id=f"record-{record.id}") is None


def test_all_that_is_shown_can_be_passed_at_once(client_of, cast):
    first = a_visit(cast)
    second = tell("monitor", cast.returnee_case, by=cast.worker, outcome="normal")
    session.commit()
    client = client_of(cast.director)
    given = {"record": [str(first.id), str(second.id)]}
    client.post("/records/check", data=given)
    assert {review_of(one).state for one in (first, second)} == {"checked"}


def test_a_question_comes_back_to_its_author(client_of, cast):
    record, client = a_visit(cast), client_of(cast.director)
    client.post(f"/records/{record.id}/return", data={"question": "买药的钱谁出？"})
    assert review_of(record).state == "returned"
    task = session.query(Task).filter_by(kind="answer").one()
    assert (task.assignee_id, task.words) == (cast.worker.id, "买药的钱谁出？")
    assert "已退回，等答复" in client.get("/checklist/all?show=records").text


def test_a_return_without_a_question_or_with_too_long_a_one_is_refused(client_of, cast):
    record, client = a_visit(cast), client_of(cast.director)
    assert "请写下要问的" in client.post(f"/records/{record.id}/return", data={}).text
    answer = client.post(f"/records/{record.id}/return", data={"question": "问" * 10_000})
    assert answer.status_code == 422
    assert "问" * 10_000 in answer.text
    assert review_of(record) is None


def test_a_second_question_waits_for_the_first_answer(client_of, cast):
    record, client = a_visit(cast), client_of(cast.director)
    for question in ("买药的钱谁出？", "什么药？"):
        page = client.post(
            f"/records/{record.id}/return", data={"question": question}, follow_redirects=True
        )
    assert "正等对方答复" in page.text
    assert session.query(Task).filter_by(kind="answer").count() == 1


def test_passing_a_returned_record_takes_the_question_back(client_of, cast):
    record, client = a_visit(cast), client_of(cast.director)
    client.post(f"/records/{record.id}/return", data={"question": "什么药？"})
    client.post(f"/records/{record.id}/check")
    assert session.query(Task).filter_by(kind="answer").one().state == "withdrawn"


def test_the_next_communitys_director_finds_no_such_record(client_of, cast):
    record, client = a_visit(cast), client_of(cast.next_director)
    assert client.get(f"/records/{record.id}/review").status_code == 404
    assert client.post(f"/records/{record.id}/check").status_code == 404
    client.post("/records/check", data={"record": str(record.id)})
    assert review_of(record) is None
