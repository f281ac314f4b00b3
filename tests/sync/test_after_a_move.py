"""What a phone brings in after its author has another grid, role or community by now."""

from datetime import timedelta

import pytest

from app.domain import accounts, duties
from app.domain.accounts import Profile
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.places import Area
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.tasks import Task
from app.intake.accept import accept
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.sync.body import unpacked
from app.sync.held import decide, held_in
from app.sync.inbox import Answer, receive
from tests.cast import MORNING
from tests.intake.telling import entry, tell

YESTERDAY, TOMORROW = MORNING - timedelta(days=1), MORNING + timedelta(days=1)


def send(kind: str, about=None, /, *, by: User, **told) -> Answer:
    """An entry of somebody's phone, sent now."""
    [answer] = receive([entry(kind, about, via="phone", **told)], by=by)
    return answer


def make(user: User, *, role: str, area: Area | None, by: User) -> None:
    """An admin makes somebody something else, now."""
    profile = Profile(user.login, user.name, user.title, role, area, user.phone)
    accounts.change_user(user, profile, by=by, at=clock.now())
    session.commit()


def hand_over(grid: Area, to: User, *, by: User) -> None:
    """From today on the grid is somebody else's."""
    duties.assign_grid(to, grid, begins=clock.today(), by=by, at=clock.now())
    session.commit()


# Another grid


@pytest.fixture
def handed_over(cast):
    hand_over(cast.grid1, cast.colleague, by=cast.admin)


def test_what_was_done_while_the_grid_was_hers_is_hers(cast, handed_over):
    answer = send("visit", cast.elder, by=cast.worker, at=YESTERDAY, outcome="well")
    assert answer.state == "kept"
    assert (answer.record.by_id, answer.record.day) == (cast.worker.id, clock.local_day(YESTERDAY))


def test_by_its_task_too_though_the_task_has_gone_along(cast, handed_over):
    task = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    assert send("visit", task, by=cast.worker, at=YESTERDAY, outcome="well").state == "kept"


def test_what_was_done_on_a_later_day_waits_for_the_director(cast, handed_over):
    answer = send("visit", cast.elder, by=cast.worker, outcome="well")
    assert (answer.state, answer.community_id) == ("held", cast.home.id)
    assert "归别的网格" in str(answer.why)


def test_whose_grid_it_is_now_may_tell_of_the_days_before(cast, handed_over):
    assert send("visit", cast.elder, by=cast.colleague, at=YESTERDAY, outcome="well").record


def test_after_a_quarter_of_a_year_it_waits_for_the_director(cast, handed_over):
    long_ago = MORNING - timedelta(days=91)
    assert send("visit", cast.elder, by=cast.worker, at=long_ago, outcome="well").state == "held"


def test_what_she_kept_she_may_still_correct_and_take_back(cast, handed_over):
    kept = send("visit", cast.elder, by=cast.worker, at=YESTERDAY, outcome="well").record
    better = send("visit", by=cast.worker, correcting=kept, outcome="unwell")
    assert better.state == "kept" and better.record.at == kept.at
    assert send("withdrawal", better.record, by=cast.worker).state == "kept"


def test_a_newcomer_is_added_in_the_grid_of_that_day(cast, handed_over):
    told = {"name": "马晓", "address": "二轻小区9号楼9单元901"}
    answer = send("resident", by=cast.worker, at=YESTERDAY, **told)
    assert answer.state == "kept"
    assert answer.record.resident.household.grid_id == cast.grid1.id


# Another role


@pytest.mark.parametrize("role", ["official", "admin"])
def test_who_records_no_more_is_heard_by_the_director_of_the_resident(cast, role):
    make(cast.worker, role=role, area=cast.street, by=cast.admin)
    answer = send("visit", cast.elder, by=cast.worker, at=YESTERDAY, outcome="well")
    assert (answer.state, answer.community_id) == ("held", cast.home.id)
    [waiting] = held_in(cast.home.id)
    record = decide(waiting, True, by=cast.director, at=clock.now())
    assert (record.by_id, record.community_id) == (cast.worker.id, cast.home.id)


def test_what_names_nobody_goes_to_the_community_she_was_in(cast):
    make(cast.worker, role="official", area=cast.street, by=cast.admin)
    told = {"kind": "fire", "words": "2号楼下垃圾箱着火"}
    answer = send("incident", by=cast.worker, at=YESTERDAY, **told)
    assert (answer.state, answer.community_id) == ("held", cast.home.id)
    record = decide(held_in(cast.home.id)[0], True, by=cast.director, at=clock.now())
    assert session.get(Incident, record.incident_id).community_id == cast.home.id


def test_what_a_director_alone_may_record_waits_for_one(cast):
    make(cast.secretary, role="worker", area=cast.home, by=cast.admin)
    answer = send("code_push", cast.plain, by=cast.secretary, reason="missed_round")
    assert answer.state == "held"
    assert decide(held_in(cast.home.id)[0], True, by=cast.director, at=clock.now())


def test_who_never_had_a_community_is_refused_and_keeps_it(cast):
    answer = send("incident", by=cast.official, kind="fire", words="着火")
    assert answer.state == "refused"
    assert session.get(Receipt, answer.id).body


# Another community


@pytest.fixture
def moved(cast):
    """李娜 works next door from now on."""
    make(cast.worker, role="worker", area=cast.next_door, by=cast.admin)


def test_the_director_she_had_decides_on_what_she_did_there(cast, moved):
    answer = send("visit", cast.elder, by=cast.worker, at=YESTERDAY, outcome="needs", needs="food")
    assert (answer.state, answer.community_id) == ("held", cast.home.id)
    assert held_in(cast.next_door.id) == []
    record = decide(held_in(cast.home.id)[0], True, by=cast.director, at=clock.now())
    assert (record.by_id, record.community_id) == (cast.worker.id, cast.home.id)
    assert record.grid_id == cast.grid1.id and record.case_id == cast.elder_case.id


def test_so_it_is_with_what_names_nobody(cast, moved):
    told = {"kind": "fire", "words": "电梯口冒烟"}
    assert send("incident", by=cast.worker, at=YESTERDAY, **told).community_id == cast.home.id
    with clock.stopped_at(TOMORROW):
        assert send("incident", by=cast.worker, **told).record.community_id == cast.next_door.id
    words = send("feedback", by=cast.worker, at=YESTERDAY, words="表太多")
    assert (words.state, words.community_id) == ("held", cast.home.id)


def test_a_newcomer_of_hers_is_added_where_she_was(cast, moved):
    told = {"name": "马晓", "address": "二轻小区9号楼9单元901"}
    assert send("resident", by=cast.worker, at=YESTERDAY, **told).state == "held"
    record = decide(held_in(cast.home.id)[0], True, by=cast.director, at=clock.now())
    session.commit()
    home = record.resident.household
    assert (home.community_id, home.grid_id) == (cast.home.id, cast.grid1.id)


def test_her_old_records_are_corrected_and_taken_back_there(cast):
    kept = tell("visit", cast.elder, by=cast.worker, outcome="well")
    make(cast.worker, role="worker", area=cast.next_door, by=cast.admin)
    correction = send("visit", by=cast.worker, correcting=kept, outcome="unwell")
    withdrawal = send("withdrawal", kept, by=cast.worker)
    assert [a.community_id for a in (correction, withdrawal)] == [cast.home.id] * 2
    better = decide(session.get(Receipt, correction.id), True, by=cast.director, at=clock.now())
    assert (better.supersedes, better.by_id) == (kept.id, cast.worker.id)


def test_of_people_she_never_had_a_right_to_she_learns_nothing(cast, moved):
    """Neither that they are there, nor in which community."""
    theirs, nobody = (
        send("visit", by=cast.worker, at=YESTERDAY, subject={"resident_id": who}, outcome="well")
        for who in (cast.sibling.id, 99999)
    )
    assert (theirs.state, str(theirs.why)) == (nobody.state, str(nobody.why))
    assert theirs.state == "refused" and theirs.community_id == nobody.community_id


def test_a_neighbour_learns_nothing_of_ours(cast):
    ids = {"resident_id": cast.elder.id}, {"task_id": session.query(Task).first().id}
    for subject in (
        *ids,
        {"case_id": cast.elder_case.id},
        {"household_id": cast.elder.household_id},
    ):
        answer = send("visit", by=cast.neighbour, subject=subject, outcome="well")
        assert answer.state == "refused" and "没有找到" in str(answer.why), subject
    assert held_in(cast.home.id) == []


def test_whom_a_task_named_her_for_she_may_tell_of_later(cast):
    task = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    task.reassign(cast.colleague, by=cast.director, at=clock.now())
    make(cast.colleague, role="worker", area=cast.next_door, by=cast.admin)
    for about in (task, cast.elder):
        assert send("visit", about, by=cast.colleague, outcome="well").community_id == cast.home.id


def test_whom_she_has_told_of_she_may_tell_of_later(cast):
    kept = tell("incident", cast.sibling, by=cast.worker, kind="falling", words="花盆要掉")
    assert kept.resident_id == cast.sibling.id
    make(cast.worker, role="worker", area=cast.next_door, by=cast.admin)
    told = {"kind": "falling", "words": "又要掉了"}
    assert send("incident", cast.sibling, by=cast.worker, **told).community_id == cast.home.id


def test_a_grid_she_had_half_a_year_ago_counts_no_more(cast, moved):
    with clock.stopped_at(MORNING + timedelta(days=183)):
        assert send("visit", cast.elder, by=cast.worker, outcome="well").state == "refused"


def test_a_director_who_has_left_may_tell_of_all_of_it(cast):
    make(cast.secretary, role="director", area=cast.next_door, by=cast.admin)
    answer = send("visit", cast.elder, by=cast.secretary, at=YESTERDAY, outcome="well")
    assert (answer.state, answer.community_id) == ("held", cast.home.id)


def test_a_decision_alone_says_whose_it_is(cast, moved):
    written = entry("visit", cast.elder, via="phone", at=YESTERDAY, outcome="well")
    record = accept(written, by=cast.worker, at=clock.now(), anywhere=True)
    assert (record.community_id, record.by_id) == (cast.home.id, cast.worker.id)


def test_no_director_decides_for_another_community(cast, moved):
    """An entry that was held at home and names somebody next door is not kept at home."""
    written = entry("visit", cast.elder, via="phone", at=YESTERDAY, outcome="well")
    receive([written], by=cast.worker)
    waiting = session.get(Receipt, written.id)
    waiting.body = waiting.body.replace(f'"{cast.elder.id}"', f'"{cast.stranger.id}"')
    with pytest.raises(Refused, match="没有找到"):
        decide(waiting, True, by=cast.director, at=clock.now())


def test_all_of_it_is_there_whole_until_somebody_decides(cast, moved):
    answer = send("visit", cast.elder, by=cast.worker, at=YESTERDAY, outcome="well", note="说话慢")
    receipt = session.get(Receipt, answer.id)
    assert unpacked(receipt).fields["note"] == "说话慢"
    assert session.query(Record).filter_by(kind="visit").count() == 0
