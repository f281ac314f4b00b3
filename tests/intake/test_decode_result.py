"""What the city answered."""

from datetime import timedelta

from app.domain import codes
from app.lib import clock
from tests.intake.telling import refusal_of, sentence, tell


def applied(cast):
    tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y")
    tell("test", cast.yellow, by=cast.worker, outcome="negative")
    codes.apply_for_decoding([cast.yellow_case], by=cast.director, at=clock.now())
    return clock.stopped_at(clock.now() + timedelta(hours=1))


def test_green_ends_the_case(cast):
    with applied(cast):
        tell("decode_result", cast.yellow_case, by=cast.director, outcome="green")
    assert (cast.yellow_case.is_open, cast.yellow_case.outcome) == (False, "green")


def test_returned_it_says_why_and_goes_on(cast):
    with applied(cast):
        refused = refusal_of(
            "decode_result", cast.yellow_case, by=cast.director, outcome="returned"
        )
        assert sentence(refused, "reason") == "请写退回的原因。"
        told = {"outcome": "returned", "reason": "缺承诺书"}
        tell("decode_result", cast.yellow_case, by=cast.director, **told)
    assert cast.yellow_case.is_open and cast.yellow_case.stage == "returned"


def test_what_was_not_applied_for_is_not_returned(cast):
    told = {"outcome": "returned", "reason": "缺承诺书"}
    refused = refusal_of("decode_result", cast.yellow_case, by=cast.director, **told)
    assert sentence(refused) == "还没有申报解码，没有可退回的申请。"


def test_the_city_may_turn_a_code_green_by_itself(cast):
    tell("decode_result", cast.yellow_case, by=cast.director, outcome="green")
    assert not cast.yellow_case.is_open


def test_a_worker_does_not_say_so(cast):
    assert refusal_of("decode_result", cast.yellow_case, by=cast.worker, outcome="green")
