"""Samples taken and results seen."""

from datetime import timedelta

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell, tell_and_hear


def tasks_of(case, kind: str, state: str = "open") -> list[Task]:
    return session.query(Task).filter_by(case_id=case.id, kind=kind, state=state).all()


def test_one_tap_says_that_it_was_taken_now(cast):
    kept = tell("test", cast.yellow, by=cast.worker, outcome="sampled")
    assert kept.at == clock.now()
    assert [task.record_id for task in tasks_of(cast.yellow_case, "test", "done")] == [kept.id]
    assert len(tasks_of(cast.yellow_case, "result")) == 1


def test_a_sample_of_this_morning_is_told_with_its_time(cast):
    kept = tell(
        "test", cast.yellow, by=cast.worker, outcome="sampled", sampled_at="2022-10-06T08:15"
    )
    assert f"{clock.local(kept.at):%H:%M}" == "08:15"


def test_a_result_goes_to_the_sample_that_its_task_waits_for(cast):
    tell("test", cast.yellow, by=cast.worker, outcome="sampled", sampled_at="2022-10-06 08:15")
    [waiting] = tasks_of(cast.yellow_case, "result")
    result = tell("test", waiting, by=cast.worker, outcome="negative")
    assert result.fields["sampled_at"] == "2022-10-06T00:15:00+00:00"
    assert waiting.state == "done"


def test_a_result_without_a_known_sample_is_both(cast):
    tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y")
    tell("test", cast.yellow, by=cast.worker, outcome="negative")
    assert cast.yellow_case.stage == "ready"


def test_a_positive_result_stops_the_case(cast):
    tell("test", cast.yellow, by=cast.worker, outcome="positive")
    assert cast.yellow_case.stage == "positive"
    assert not cast.yellow_case.may_close


def test_one_that_was_missed_stays_to_be_done(cast):
    tell("test", cast.yellow, by=cast.worker, outcome="missed")
    assert not tasks_of(cast.yellow_case, "test", "done")


def test_a_sample_of_tomorrow_is_refused(cast):
    tomorrow = clock.local(clock.now() + timedelta(days=1)).isoformat()
    refused = refusal_of(
        "test", cast.yellow, by=cast.worker, outcome="sampled", sampled_at=tomorrow
    )
    assert sentence(refused, "sampled_at") == "这个时间还没到，请改成已经发生的时间。"


def test_a_year_that_never_was_is_refused(cast):
    for typed, why in [
        ("0001-01-01T00:00", "这个日期离现在太远，请核对年份。"),
        ("昨天", "时间写法不对，例如 2022-10-06 08:30。"),
    ]:
        refused = refusal_of(
            "test", cast.yellow, by=cast.worker, outcome="sampled", sampled_at=typed
        )
        assert sentence(refused, "sampled_at") == why


def test_the_same_test_told_twice_is_kept_twice_and_said(cast):
    tell("test", cast.yellow, by=cast.worker, outcome="sampled")
    second = tell_and_hear("test", cast.yellow, by=cast.director, outcome="sampled")
    assert str(second.notice) == "李娜 1 分钟前已登记过今天的“核酸检测”，这次也记下了。"
    result = tell_and_hear("test", cast.yellow, by=cast.director, outcome="negative")
    assert result.notice is None


def test_it_belongs_to_the_open_case_of_a_returnee(cast):
    kept = tell("test", cast.returnee, by=cast.worker, outcome="sampled")
    assert kept.case_id == cast.returnee_case.id


def test_nobody_without_a_case_is_tested_here(cast):
    refused = refusal_of("test", cast.elder, by=cast.worker, outcome="sampled")
    assert "没有在管的黄码档案" in sentence(refused)
