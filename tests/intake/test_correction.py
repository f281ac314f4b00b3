"""A correction is a record of the same kind that supersedes the wrong one."""

from datetime import timedelta

import pytest

from app.domain.events import Event
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def test_it_keeps_the_time_of_the_deed(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well")
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        right = tell("visit", by=cast.worker, correcting=wrong, outcome="unwell")
    assert (right.at, right.day, right.supersedes) == (wrong.at, wrong.day, wrong.id)
    assert right.received_at > wrong.received_at
    assert session.query(Event).filter_by(record_id=right.id, kind="corrected").count() == 1


def test_it_equals_never_having_made_the_mistake(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well")
    tell("visit", by=cast.worker, correcting=wrong, outcome="unwell")
    after_mistake = cast.elder_case.stage, _due(cast)
    session.rollback()
    tell("visit", cast.elder, by=cast.worker, outcome="unwell")
    assert (cast.elder_case.stage, _due(cast)) == after_mistake


def test_a_time_in_the_form_is_the_better_word(cast):
    wrong = tell("test", cast.yellow, by=cast.worker, outcome="sampled")
    right = tell(
        "test", by=cast.worker, correcting=wrong, outcome="sampled", sampled_at="2022-10-06T08:00"
    )
    assert right.at < wrong.at


def test_a_worker_corrects_her_own_alone(cast):
    others = tell("visit", cast.elder, by=cast.director, outcome="well")
    refused = refusal_of("visit", by=cast.worker, correcting=others, outcome="needs")
    assert sentence(refused) == "只能更正自己登记的内容；别人的请告诉社区负责人。"
    hers = tell("visit", cast.elder, by=cast.worker, outcome="well")
    assert tell("visit", by=cast.director, correcting=hers, outcome="needs")


@pytest.mark.parametrize("nothing", ["", None])
def test_no_record_named_is_no_correction(cast, nothing):
    kept = tell(
        "visit", cast.elder, by=cast.worker, subject={"supersedes": nothing}, outcome="well"
    )
    assert kept.supersedes is None


@pytest.mark.parametrize("named", ["x", "0", "018f0000-0000-7000-8000-000000000000", ["a"]])
def test_an_unknown_record_is_not_corrected(cast, named):
    assert refusal_of("visit", cast.elder, by=cast.worker, subject={"supersedes": named})


def test_a_correction_is_of_the_same_kind(cast):
    wrong = tell("test", cast.yellow, by=cast.worker, outcome="sampled")
    refused = refusal_of("monitor", by=cast.worker, correcting=wrong, outcome="normal")
    assert sentence(refused).startswith("这条登记不能这样更正")


def test_what_was_corrected_is_not_corrected_again(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well")
    tell("visit", by=cast.worker, correcting=wrong, outcome="needs")
    refused = refusal_of("visit", by=cast.worker, correcting=wrong, outcome="unwell")
    assert "已被更正或撤销" in sentence(refused)


def test_the_old_one_stays_as_it_was(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well", note="一切好")
    tell("visit", by=cast.worker, correcting=wrong, outcome="needs")
    session.expire_all()
    assert session.get(Record, wrong.id).fields["note"] == "一切好"


def _due(cast):
    rows = session.query(Task.step, Task.due_at).filter_by(case_id=cast.elder_case.id, state="open")
    return rows.all()
