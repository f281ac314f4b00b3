"""What has changed while a phone had no signal: the case, the task, the resident, the rules."""

from datetime import date, timedelta

import pytest

from app.domain import moves, regime, reviews
from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.sync.held import decide
from app.sync.inbox import Answer, receive
from tests.cast import MORNING
from tests.intake.telling import entry, tell

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def send(kind: str, about=None, /, *, by: User, **told) -> Answer:
    """An entry of somebody's phone, sent now."""
    [answer] = receive([entry(kind, about, via="phone", **told)], by=by)
    return answer


def accepted(answer: Answer, by: User) -> Record:
    record = decide(session.get(Receipt, answer.id), True, by=by, at=clock.now())
    session.commit()
    return record


def visit_task(cast) -> Task:
    return session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()


# The case


@pytest.fixture
def ended(cast) -> Case:
    """刘福 is off the roll since half an hour ago."""
    at = clock.now() - AN_HOUR / 2
    with clock.stopped_at(at):
        tell("release", cast.elder_case, by=cast.director, outcome="nursing_home")
    session.commit()
    return cast.elder_case


@pytest.mark.parametrize("about", ["elder", "elder_case"])
def test_a_visit_after_the_end_waits_and_is_credited_to_the_closed_case(cast, ended, about):
    end = ended.closed_at, ended.outcome, ended.stage
    answer = send("visit", getattr(cast, about), by=cast.worker, outcome="well")
    assert (answer.state, answer.community_id) == ("held", cast.home.id)
    assert "已经结束" in str(answer.why)
    record = accepted(answer, cast.director)
    assert (record.case_id, record.by_id) == (ended.id, cast.worker.id)
    assert (ended.closed_at, ended.outcome, ended.stage) == end
    assert session.query(Case).filter_by(resident_id=cast.elder.id).count() == 1


def test_a_visit_before_the_end_is_kept(cast, ended):
    earlier = clock.now() - AN_HOUR
    assert send("visit", cast.elder, by=cast.worker, at=earlier, outcome="well").state == "kept"
    assert not ended.is_open


def test_a_second_release_moves_no_end(cast, ended):
    end = ended.closed_at, ended.outcome
    answer = send("release", ended, by=cast.worker, outcome="moved")
    assert answer.state == "held"
    assert accepted(answer, cast.director).outcome == "moved"
    assert (ended.closed_at, ended.outcome) == end


def test_so_does_one_from_before_the_end_wait(cast, ended):
    earlier = clock.now() - AN_HOUR
    answer = send("release", ended, by=cast.worker, at=earlier, outcome="moved")
    assert answer.state == "held" and "已经结束" in str(answer.why)


def test_a_case_that_ended_half_a_year_ago_is_none(cast, ended):
    with clock.stopped_at(MORNING + timedelta(days=183)):
        answer = send("visit", cast.elder, by=cast.worker, outcome="well")
    assert answer.state == "refused" and "不在关爱老人名册" in str(answer.why)


def test_who_came_back_again_gets_a_new_case(cast):
    with clock.stopped_at(clock.now() - AN_HOUR):
        tell("release", cast.returnee_case, by=cast.director, outcome="moved")
        session.commit()
    told = {"reason": "green", "origin": "郑州市", "left_on": "2022-10-05", "transport": "train"}
    assert send("arrival", cast.returnee, by=cast.worker, **told).record.case_id is not None
    assert session.query(Case).filter_by(resident_id=cast.returnee.id).count() == 2


# The task


def test_a_withdrawn_or_finished_task_is_no_hindrance(cast):
    task = visit_task(cast)
    task.withdraw()
    assert send("visit", task, by=cast.worker, outcome="well").state == "kept"


def test_who_tried_before_somebody_else_succeeded_did_try(cast):
    task = visit_task(cast)
    tell("visit", task, by=cast.director, outcome="well")
    answer = send("attempt", task, by=cast.worker, way="phone")
    assert answer.state == "kept" and answer.why is None
    assert (task.attempts, task.state) == (0, "done")
    send("withdrawal", answer.record, by=cast.worker)
    assert task.attempts == 0


def test_an_answer_that_is_not_needed_any_more_is_kept_for_the_words(cast):
    record = tell("visit", cast.elder, by=cast.worker, outcome="well")
    reviews.send_back(record, "见到本人了吗？", by=cast.director, at=clock.now())
    session.flush()
    task = session.query(Task).filter_by(kind="answer", state="open").one()
    reviews.check(record, by=cast.director, at=clock.now())
    answer = send("answer", task, by=cast.worker, words="见到了")
    assert answer.record.fields["words"] == "见到了"
    assert reviews.review_of(record).state == "checked"


def test_an_incident_that_went_on_without_her_waits(cast):
    incident = session.get(
        Incident,
        tell("incident", by=cast.worker, kind="falling", words="花盆要掉").incident_id,
    )
    incident.verify("", by=cast.director, at=clock.now())
    until = clock.now() + AN_HOUR
    incident.assign(cast.worker, until, by=cast.director, at=clock.now())
    incident.handle("已搬下来", by=cast.director, at=clock.now())
    session.commit()
    answer = send("incident_handled", incident, by=cast.worker, what="我搬下来了")
    assert answer.state == "held"
    assert accepted(answer, cast.director).fields == {"what": "我搬下来了"}
    assert incident.stage == "handled"


# The resident


def test_who_has_left_may_still_be_told_of(cast):
    cast.elder.left_on = clock.today()
    session.commit()
    assert send("visit", cast.elder, by=cast.worker, outcome="well").state == "kept"


def test_who_has_moved_to_another_grid_waits_for_the_director(cast):
    moves.move(cast.elder, cast.sibling.household, by=cast.director, at=clock.now())
    session.commit()
    answer = send("visit", cast.elder, by=cast.worker, at=MORNING - A_DAY, outcome="well")
    assert answer.state == "held"
    assert accepted(answer, cast.director).by_id == cast.worker.id


def test_what_builds_on_an_entry_that_waits_waits_with_it(cast):
    """She added somebody at a door of the next grid, and wrote at once what he needs."""
    address = "水利厅宿舍2号楼1单元201"
    added = entry("resident", via="phone", name="马晓", address=address)
    told = {"kind": "medical", "words": "摔了一跤", "subject": {"of": str(added.id)}}
    answers = receive([added, entry("incident", via="phone", **told)], by=cast.worker)
    assert [answer.state for answer in answers] == ["held", "held"]
    resident_id = accepted(answers[0], cast.director).resident_id
    assert accepted(answers[1], cast.director).resident_id == resident_id


# The rules


def arrived(day: date, **told) -> dict:
    left = (day - A_DAY).isoformat()
    return {"origin": "郑州市", "left_on": left, "transport": "train", **told}


def test_the_rules_of_the_day_of_the_deed_count(cast):
    """A reason of the ninth edition is none of the tenth, and needs no decision if told late."""
    at = clock.at(date(2022, 11, 5), 10)
    with clock.stopped_at(clock.at(date(2022, 12, 20), 10)):
        old = send(
            "arrival", cast.plain, by=cast.worker, at=at, **arrived(at.date(), reason="green")
        )
    assert old.state == "kept"
    case = session.get(Case, old.record.case_id)
    assert case.edition == regime.edition_at(cast.home, at.date())


def test_what_they_refuse_waits_where_it_came_late(cast):
    told = arrived(MORNING.date(), reason="no_such_reason")
    today = send("arrival", cast.plain, by=cast.worker, **told)
    assert today.state == "refused" and "reason" in today.fields
    with clock.stopped_at(MORNING + 2 * A_DAY):
        late = send("arrival", cast.plain, by=cast.worker, at=MORNING, **told)
    assert late.state == "held" and "那一天的规则" in str(late.why)


def test_what_her_form_tells_her_she_mends_herself(cast):
    with clock.stopped_at(MORNING + 2 * A_DAY):
        late = send("arrival", cast.plain, by=cast.worker, at=MORNING, reason="green")
    assert late.state == "refused" and "origin" in late.fields
