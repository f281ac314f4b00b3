"""Nobody was reached."""

from datetime import timedelta

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell, tell_and_hear


def visit_task(cast) -> Task:
    return session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()


def test_it_is_counted_and_the_ladder_says_what_next(cast):
    first = tell_and_hear("attempt", visit_task(cast), by=cast.worker, way="phone")
    task = visit_task(cast)
    assert task.attempts == 1 and task.state == "open"
    assert task.next_try_at == clock.now() + timedelta(minutes=30)
    assert str(first.notice) == "第 1 次未联系上，已记下。11:00 以后再试：上门敲门。"
    second = tell_and_hear("attempt", task, by=cast.worker, way="door")
    assert "第 2 次" in str(second.notice) and "邻居" in str(second.notice)
    assert first.record.fields["of"] == "visit"


def test_after_the_last_rung_it_stays_there(cast):
    for _ in range(8):
        last = tell_and_hear("attempt", visit_task(cast), by=cast.worker)
    assert "110" in str(last.notice)


def test_it_is_no_visit(cast):
    tell("attempt", visit_task(cast), by=cast.worker)
    assert visit_task(cast).state == "open"


def test_taken_back_it_counts_no_more(cast):
    wrong = tell("attempt", visit_task(cast), by=cast.worker)
    tell("withdrawal", wrong, by=cast.worker)
    assert visit_task(cast).attempts == 0
    assert visit_task(cast).next_try_at is None


def test_what_is_done_needs_no_attempt(cast):
    task = visit_task(cast)
    tell("visit", task, by=cast.worker, outcome="well")
    refused = refusal_of("attempt", task, by=cast.worker)
    assert sentence(refused) == "这项任务已经完成，不用再登记未联系上。"


def test_it_needs_its_task(cast):
    assert "没有找到这项任务" in sentence(refusal_of("attempt", cast.elder, by=cast.worker))
