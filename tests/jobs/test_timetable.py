"""The timetable: what each job does past midnight, and that doing it again changes nothing."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select

from app import jobs
from app.domain import drafts, guesses, sign_in
from app.domain.cases import Case
from app.domain.drafts import draft_of
from app.domain.guesses import Guess
from app.domain.receipts import KEPT_FOR, Receipt
from app.domain.sign_in import UserSession
from app.domain.tasks import Task
from app.exchange.lists.handed_in import hand_in
from app.exchange.lists.receiving import Came
from app.jobs import TIMETABLE
from app.lib import clock, vault
from app.lib.db import session
from app.sync.body import unpacked
from app.sync.inbox import receive
from app.sync.receipt import Answer, note
from tests.cast import MORNING
from tests.house import fingerprint
from tests.intake.telling import entry

NIGHT = MORNING + timedelta(hours=13, minutes=32)  # 00:02 of the next day in Taiyuan
NEXT_NOON = MORNING + timedelta(hours=25)
HALF_A_YEAR = timedelta(days=183)


def run(work, at: datetime) -> int:
    """One job at a time, committed as `flask work` does."""
    with clock.stopped_at(at):
        done = work()
        session.commit()
    return done


def open_steps(case: Case) -> set[str]:
    wanted = select(Task.step).where(Task.case_id == case.id, Task.state == "open")
    return set(session.scalars(wanted))


@pytest.mark.parametrize("job", TIMETABLE, ids=lambda job: job.work.__name__)
def test_a_job_run_twice_is_a_job_run_once(lived, job):
    drafts.keep_draft("visit.resident1", {"note": ["半"]}, by=lived.worker, at=clock.now())
    guesses.note_guess("lina", "203.0.113.7", user_id=None, device_id=None, at=clock.now())
    session.commit()
    run(job.work, NEXT_NOON)
    once = fingerprint.everything()
    assert run(job.work, NEXT_NOON) == 0
    assert fingerprint.everything() == once


@pytest.mark.parametrize("job", TIMETABLE, ids=lambda job: job.work.__name__)
def test_on_an_empty_evening_there_is_nothing_to_do(cast, job):
    for _time in range(2):
        run(job.work, MORNING)
    assert run(job.work, MORNING) == 0


def test_the_new_day_is_planned(cast):
    assert run(jobs.plan_the_new_day, MORNING) == 3  # they were opened yesterday
    assert jobs.pending()["cases_to_plan"] == 0
    before = open_steps(cast.returnee_case)
    with clock.stopped_at(NIGHT):
        assert jobs.pending()["cases_to_plan"] == 3
    assert run(jobs.plan_the_new_day, NIGHT) == 3
    lapsed = before - open_steps(cast.returnee_case)
    assert lapsed == {"monitor:2022-10-05:am", "monitor:2022-10-05:pm"}
    assert {case.planned_at for case in session.scalars(select(Case))} == {NIGHT}


def test_a_closed_case_is_left_as_it_is(cast):
    cast.yellow_case.closed_at = MORNING
    session.commit()
    planned = cast.yellow_case.planned_at
    assert run(jobs.plan_the_new_day, NIGHT) == 2
    assert cast.yellow_case.planned_at == planned


def test_a_draft_nobody_came_back_to_is_dropped(cast):
    for form, hours in (("visit.resident1", 0), ("visit.resident2", 12)):
        at = MORNING + timedelta(hours=hours)
        drafts.keep_draft(form, {"note": ["半句"]}, by=cast.worker, at=at)
    session.commit()
    assert run(jobs.clear_drafts, NIGHT) == 0
    assert run(jobs.clear_drafts, NEXT_NOON) == 1
    assert draft_of(cast.worker, "visit.resident1") is None
    assert draft_of(cast.worker, "visit.resident2") == {"note": ["半句"]}


def test_a_wrong_password_is_forgotten_after_a_day(cast):
    for hours in (0, 12):
        at = MORNING + timedelta(hours=hours)
        guesses.note_guess("lina", "203.0.113.7", user_id=None, device_id=None, at=at)
    session.commit()
    assert run(jobs.clear_guesses, NIGHT) == 0
    assert run(jobs.clear_guesses, NEXT_NOON) == 1
    assert session.query(Guess).one().at == MORNING + timedelta(hours=12)


def test_an_ended_session_is_forgotten_after_half_a_year_and_no_live_one(cast):
    for _session in range(2):
        sign_in.begin_session(cast.worker, None, "测试手机", at=MORNING)
    session.query(UserSession).first().ended_at = MORNING
    session.commit()
    assert run(jobs.clear_guesses, MORNING + HALF_A_YEAR) == 0
    assert run(jobs.clear_guesses, MORNING + HALF_A_YEAR + timedelta(minutes=1)) == 1
    assert session.query(UserSession).one().ended_at is None


def test_a_roll_that_was_handed_in_is_cleared_after_a_day(app, cast):
    roll = "姓名,住址\n张某,二轻小区2号楼1单元601\n".encode()
    kept = hand_in(Came("roll.csv", roll, "resident"), by=cast.director)
    owner = f"list of user:{cast.director.id}"
    [file] = (Path(app.config["DATA_DIR"]) / "uploads").glob(f"{kept}.*")
    os.utime(file, (MORNING.timestamp(), MORNING.timestamp()))
    run(jobs.clear_uploads, NIGHT)
    assert vault.read(kept, owner) is not None
    assert run(jobs.clear_uploads, NEXT_NOON) >= 1
    assert vault.read(kept, owner) is None


def test_the_day_is_planned_just_after_midnight():
    job = next(job for job in TIMETABLE if job.work is jobs.plan_the_new_day)
    trigger = CronTrigger.from_crontab(job.when, timezone=clock.LOCAL)
    assert trigger.get_next_fire_time(None, MORNING) == NIGHT


def test_every_line_of_the_timetable_has_its_own_minute():
    assert len({job.when.split()[0] for job in TIMETABLE}) == len(TIMETABLE)


def test_a_receipt_is_forgotten_a_quarter_of_a_year_after_it_is_settled(cast):
    states = ("kept", "withdrawn", "refused", "held", "returned")
    written = {state: entry("visit", cast.elder, via="phone", outcome="well") for state in states}
    for state, one in written.items():
        answer = Answer(one.id, state, community_id=cast.home.id)
        note(one, answer, by=cast.worker, at=MORNING)
    session.commit()
    decided = session.get(Receipt, written["held"].id)
    assert run(jobs.clear_receipts, MORNING + KEPT_FOR) == 0
    assert run(jobs.clear_receipts, MORNING + KEPT_FOR + timedelta(seconds=1)) == 2
    left = {receipt.state: receipt for receipt in session.scalars(select(Receipt))}
    assert set(left) == {"refused", "held", "returned"}
    assert all(unpacked(receipt).fields == {"outcome": "well"} for receipt in left.values())
    decided.settle("kept", None, by=cast.director, at=MORNING + KEPT_FOR)
    session.commit()
    assert run(jobs.clear_receipts, MORNING + KEPT_FOR + timedelta(days=1)) == 0
    assert run(jobs.clear_receipts, MORNING + 2 * KEPT_FOR + timedelta(days=1)) == 1


def test_what_comes_again_after_its_receipt_is_forgotten_is_known_by_its_record(cast):
    written = entry("visit", cast.elder, via="phone", outcome="well")
    receive([written], by=cast.worker)
    run(jobs.clear_receipts, MORNING + 2 * KEPT_FOR)
    assert session.get(Receipt, written.id) is None
    assert receive([written], by=cast.worker)[0].state == "already"
    assert receive([written], by=cast.colleague)[0].state == "held"
