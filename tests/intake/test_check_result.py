"""What a check found: one tap ends it, nobody answering brings it back, and it answers more."""

from datetime import date

from app.domain.check import Check
from app.domain.records import Record
from app.domain.residents import add_resident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell, tell_and_hear
from tests.pushed import asked, asked_of_stranger, sent


def open_tasks(kind: str, **about) -> list[Task]:
    return session.query(Task).filter_by(kind=kind, state="open", **about).all()


def called(check: Check, outcome: str, who, **told):
    return tell_and_hear("check_result", check.task, by=who, outcome=outcome, **told)


def test_one_tap_ends_it_and_undo_opens_it_again(cast):
    check = asked(cast, cast.plain)
    kept = called(check, "real", cast.worker).record
    assert (check.state, check.outcome, check.task.state) == ("done", "real", "done")
    assert (kept.resident_id, kept.grid_id) == (cast.plain.id, cast.grid1.id)
    tell("withdrawal", kept, by=cast.worker)
    assert (check.state, check.outcome, check.task.state) == ("open", "", "open")


def test_nobody_answers_in_the_morning_the_afternoon_and_at_the_door(cast):
    check, said = asked(cast, cast.plain), []
    while check.state == "open":
        with clock.stopped_at(max(check.next_try_at or clock.now(), clock.now())):
            said.append(str(called(check, "no_answer", cast.worker).notice))
    assert said == [
        "第 1 次没人接，12:00 换个时段再打。",
        "第 2 次没找到人，改为上门（12:00 起）。",
        "第 3 次没找到人，改为上门（18:00 起）。",
        "都试过了，记入没敲开的门，由社区负责人定。",
    ]
    assert (check.outcome, check.tried) == ("no_answer", ["phone", "phone", "door", "door"])


def test_a_try_that_is_taken_back_never_was(cast):
    check = asked(cast, cast.plain)
    kept = called(check, "no_answer", cast.worker).record
    tell("withdrawal", kept, by=cast.worker)
    assert (check.tries, check.next_try_at, check.next_way) == (0, None, "phone")


def test_the_last_try_taken_back_opens_it_again(cast):
    check = asked_of_stranger(cast)
    kept = called(check, "empty_number", cast.worker).record
    assert (check.state, check.outcome) == ("done", "empty_number")
    tell("withdrawal", kept, by=cast.worker)
    assert (check.state, check.tries, check.next_way) == ("open", 0, "phone")


def test_a_dead_number_leads_to_the_door_where_there_is_one(cast):
    check = asked(cast, cast.plain)
    called(check, "empty_number", cast.worker)
    assert (check.state, check.next_way, check.next_try_at) == ("open", "door", clock.now())


def test_who_cannot_be_called_is_visited(cast):
    assert asked_of_stranger(cast, phone="").next_way == "door"


def test_something_else_must_be_said(cast):
    check = asked(cast, cast.plain)
    refused = refusal_of("check_result", check.task, by=cast.worker, outcome="other")
    assert sentence(refused, "note") == "请写一句情况。"
    called(check, "other", cast.worker, note="孩子接的，说在上班")
    assert check.outcome == "other"


def test_what_was_checked_needs_no_second_word_but_a_late_phone_loses_nothing(cast):
    check = asked(cast, cast.plain)
    called(check, "real", cast.worker)
    assert "已经核过" in sentence(
        refusal_of("check_result", check.task, by=cast.worker, outcome="left")
    )
    late = called(check, "left", cast.worker, via="phone").record
    assert (check.outcome, late.outcome) == ("real", "left")
    tell("withdrawal", late, by=cast.worker)
    assert check.state == "done"


def test_it_verifies_the_yellow_code_too_and_undo_takes_that_back(cast):
    check = asked(cast, cast.yellow)
    kept = called(check, "real", cast.worker).record
    fed = session.query(Record).filter_by(kind="code_check").one()
    assert (fed.outcome, fed.case_id) == ("confirmed", cast.yellow_case.id)
    assert open_tasks("verify", resident_id=cast.yellow.id) == []
    tell("withdrawal", kept, by=cast.worker)
    assert len(open_tasks("verify", resident_id=cast.yellow.id)) == 1


def test_a_returnee_who_is_found_is_to_be_registered(cast):
    check = asked(cast, cast.plain, sent(cast, "returnee"))
    answer = called(check, "real", cast.worker)
    assert "抵达登记" in str(answer.notice)
    task = open_tasks("follow")[0]
    assert (task.asks, task.resident_id, task.due_day) == (
        "arrival", cast.plain.id, clock.today(),
    )  # fmt: skip
    told = {"reason": "green", "origin": "河南省郑州市", "left_on": "2022-10-05"}
    arrival = tell("arrival", task, by=cast.worker, transport="train", **told)
    assert (task.state, task.record_id) == ("done", arrival.id)
    tell("withdrawal", arrival, by=cast.worker)
    assert task.state == "open"


def test_on_any_list_somebody_may_turn_out_to_be_back(cast):
    check = asked_of_stranger(cast)
    called(check, "real", cast.worker, found=["returnee"])
    task = open_tasks("follow")[0]
    assert task.asks == "resident"
    tell("resident", task, by=cast.worker, name="牛二", address="二轻小区2号楼1单元602")
    assert task.state == "done"


def test_an_elder_alone_behind_a_yellow_code_is_proposed_for_a_visit(cast):
    home = cast.plain.household
    cast.plain.left_on = date(2022, 9, 1)
    born = date(1950, 1, 1)
    alone = add_resident(
        community=cast.home,
        home=home,
        name="吴秀兰",
        id_number=None,
        phone="13503510001",
        born=born,
    )
    answer = called(asked(cast, alone, sent(cast, "yellow")), "real", cast.worker)
    assert "探访" in str(answer.notice)
    task = open_tasks("propose")[0]
    assert (task.assignee.role, task.asks) == ("director", "elder_roll")
    tell("elder_roll", task, by=task.assignee, reason="lone")
    assert task.state == "done"
    assert len(open_tasks("visit", resident_id=alone.id)) == 1
