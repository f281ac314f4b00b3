"""Who may be applied for, and what became of each batch."""

import pytest

from app.domain.codes import apply_for_decoding
from app.lib import clock
from app.lib.db import session
from app.reports.decoding import batch, batches, may_be_applied_for, moment_of
from tests.cast import MORNING
from tests.lived_day import at, tell


def names(applicants) -> list[str]:
    return [one.case.resident.name for one in applicants]


def test_whoever_meets_the_conditions_with_the_times_of_the_negative_tests(lived):
    ready = may_be_applied_for(lived.home)
    assert names(ready) == ["孙六"]
    assert ready[0].negatives == [at(4, 10)]
    assert ready[0].state == "ready"


def test_whoever_was_sent_back_may_be_applied_for_again(lived):
    waiting = batch(lived.home, f"{at(4, 9):%Y%m%d%H%M%S}")[0].case
    told = {"outcome": "returned", "reason": "截图不清"}
    tell("decode_result", waiting.resident, lived.director, at(6, 10), **told)
    assert {one.state for one in may_be_applied_for(lived.home)} == {"ready", "returned"}
    with clock.stopped_at(MORNING):
        again = [one.case for one in may_be_applied_for(lived.home)]
        assert len(apply_for_decoding(again, by=lived.director, at=MORNING)) == 2
    session.flush()
    assert may_be_applied_for(lived.home) == []


def test_batches_the_newest_first_with_how_many_still_wait(lived):
    told = [(one.at, one.by, one.number, one.waiting) for one in batches(lived.home)]
    assert told == [(at(4, 11), "张敏", 1, 0), (at(4, 9), "张敏", 1, 1)]


def test_a_batch_by_its_name_and_what_the_city_answered(lived):
    answered, waiting = (batch(lived.home, one.name) for one in batches(lived.home))
    assert (names(answered), answered[0].state) == (["孙八"], "green")
    assert (names(waiting), waiting[0].state) == (["孙七"], "waiting")


@pytest.mark.parametrize("name", ["", "x", "20221004", "20221004010001", "../../etc"])
def test_there_is_no_batch_of_another_name(lived, name):
    assert batch(lived.home, name) == []


def test_a_batch_is_the_communitys_own(lived):
    assert batch(lived.next_door, batches(lived.home)[0].name) == []
    assert moment_of("20221004010000") == at(4, 9)
