"""Yellow codes, by the tables of 2022: what each reason asks for and how it ends."""

from tests.policy.casework import (
    case,
    correction,
    day,
    done,
    due,
    on,
    opens,
    planned,
    record,
    said,
    withdrawal,
)

OPENED = on(6, "22:53")


def yellow(reason: str, opened_at=OPENED, **told):
    return case("yellow", reason, opened_at, **told)


def confirmed(at=None):
    return record("code_check", at or on(7, "09:00"), "confirmed")


def sampled(at, **fields):
    return record("test", at, "sampled", **fields)


def negative(at, **fields):
    return record("test", at, "negative", **fields)


def test_a_new_case_waits_for_its_first_verification_within_a_day():
    made = planned(yellow("missed_round"), now=on(6, "23:00"))
    assert made.stage == "reported"
    assert due(made)["verify"] == on(7, "22:53")
    assert not made.may_close
    assert "还没有核实" in said(made.why)


def test_an_attempt_that_reached_nobody_leaves_the_verification_due():
    attempt = record("attempt", on(7, "09:00"), of="verify", way="phone")
    unreachable = record("code_check", on(7, "10:00"), "unreachable")
    made = planned(yellow("missed_round"), attempt, unreachable, now=on(7, "12:00"))
    assert made.stage == "reported"
    assert due(made)["verify"] == on(7, "22:53")


def test_a_missed_round_is_ready_once_the_test_after_it_is_negative():
    facts, check = yellow("missed_round"), confirmed()
    assert planned(facts, check, now=on(7, "10:00")).stage == "verified"
    assert due(planned(facts, check, now=on(7, "10:00"))) == {"test:1": on(7, "22:53")}

    taken = sampled(on(7, "11:00"))
    made = planned(facts, check, taken, now=on(7, "12:00"))
    assert made.stage == "testing"
    assert due(made) == {"result:20221007T030000": on(8, "11:00")}
    assert "等待 1 次检测的结果" in said(made.waits_for)

    seen = negative(on(7, "20:00"), of="test:1")
    made = planned(facts, check, taken, seen, now=on(7, "21:00"))
    assert made.stage == "ready"
    assert due(made) == {"decode:1": on(8, "20:00")}
    assert done(made) == ["verify", "test:1", "result:20221007T030000"]
    assert not made.may_close


def test_a_test_before_the_day_of_the_colour_does_not_release():
    made = planned(yellow("missed_round"), confirmed(), negative(on(5)), now=on(7, "12:00"))
    assert made.stage == "verified"
    assert "还差 1 次" in said(made.why)


def test_tests_are_not_enough_before_somebody_has_verified():
    made = planned(yellow("missed_round"), negative(on(7)), now=on(7, "12:00"))
    assert made.stage == "reported"
    assert list(due(made)) == ["verify"]


def test_an_application_waits_for_the_city_and_ends_green():
    told = [confirmed(), negative(on(7, "11:00"))]
    applied = record("decode_application", on(7, "17:00"), "applied", batch="1")
    made = planned(yellow("missed_round"), *told, applied, now=on(7, "18:00"))
    assert made.stage == "applied"
    assert made.due == ()
    assert "48 小时" in said(made.waits_for)

    green = record("decode_result", on(8, "09:00"), "green")
    made = planned(yellow("missed_round"), *told, applied, green, now=on(8))
    assert (made.stage, made.may_close, made.due) == ("green", True, ())


def test_a_returned_application_is_due_again_with_its_reason_said():
    told = [confirmed(), negative(on(7, "11:00"))]
    applied = record("decode_application", on(7, "17:00"), "applied")
    returned = record("decode_result", on(8, "09:00"), "returned", reason="缺采样时间")
    made = planned(yellow("missed_round"), *told, applied, returned, now=on(8, "10:00"))
    assert made.stage == "returned"
    assert due(made) == {"decode:2": on(9, "09:00")}
    assert "缺采样时间" in said(made.why)


def test_a_returned_application_goes_back_to_what_is_missing():
    wrong = negative(on(7, "11:00"))
    applied = record("decode_application", on(7, "17:00"), "applied")
    returned = record("decode_result", on(8, "09:00"), "returned", reason="没有检测")
    told = [confirmed(), wrong, withdrawal(wrong), applied, returned]
    made = planned(yellow("missed_round"), *told, now=on(8, "10:00"))
    assert made.stage == "verified"
    assert list(due(made)) == ["test:1"]
    assert "没有检测" in said(made.why)


def test_somebody_who_lives_elsewhere_may_be_handed_over_at_once():
    for outcome in ("elsewhere", "not_ours"):
        check = record("code_check", on(7), outcome)
        made = planned(yellow("space_time"), check, now=on(7, "10:00"))
        assert (made.stage, made.may_close, made.due) == ("transferred", True, ())
        assert said(made.why)


def test_a_wrong_colour_goes_to_appeal_without_tests():
    check = record("code_check", on(7), "wrong")
    made = planned(yellow("medium_travel"), check, now=on(7, "10:00"))
    assert made.stage == "ready"
    assert due(made) == {"decode:appeal:1": on(8)}


def test_a_positive_result_stops_everything_and_waits_for_others():
    positive = record("test", on(7, "11:00"), "positive")
    made = planned(yellow("missed_round"), confirmed(), positive, now=on(7, "12:00"))
    assert made.stage == "positive"
    assert not made.may_close
    assert made.due == ()
    assert made.why
    assert made.waits_for


def test_space_time_asks_for_two_negatives_a_day_apart_within_three_days():
    facts, check, first = yellow("space_time"), confirmed(), negative(on(7, "10:00"))
    made = planned(facts, check, first, now=on(7, "12:00"))
    assert opens(made)["test:2"] == on(8, "10:00")
    assert due(made)["test:2"] == on(9, "22:53")

    too_soon = negative(on(8, "09:00"))
    assert planned(facts, check, first, too_soon, now=on(8, "12:00")).stage == "testing"
    in_time = negative(on(8, "10:00"))
    assert planned(facts, check, first, in_time, now=on(8, "12:00")).stage == "ready"


def test_a_stay_in_a_medium_zone_is_seven_days_at_home_with_tests_on_1_4_and_7():
    facts = yellow("medium_travel", on(6, "08:00"))
    made = planned(facts, now=on(6, "09:00"))
    assert made.ends_on == day(13)
    assert due(made)["test:1"] == on(6, "23:59").replace(second=59)
    assert len([step for step in made.due if step.task == "monitor"]) == 14

    tests = [negative(on(n, "15:00")) for n in (6, 9, 12)]
    made = planned(facts, confirmed(on(6, "10:00")), *tests, now=on(12, "20:00"))
    assert made.stage == "testing"
    assert "2022-10-13" in said(made.waits_for)
    made = planned(facts, confirmed(on(6, "10:00")), *tests, now=on(13, "00:00"))
    assert made.stage == "ready"


def test_the_fourth_day_test_opens_on_the_fourth_day():
    facts = yellow("medium_travel", on(6, "08:00"))
    made = planned(facts, negative(on(6, "15:00")), now=on(7))
    assert opens(made)["test:2"] == on(9, "00:00")


def test_missing_tests_of_a_return_are_due_from_the_push_and_counted_from_the_arrival():
    facts = yellow("missed_arrival_test", on(8, "09:00"), anchor=on(6, "12:00"))
    made = planned(facts, confirmed(on(8)), negative(on(6, "18:00")), now=on(8, "10:00"))
    assert opens(made)["test:2"] == on(7, "18:00")
    assert due(made)["test:2"] == on(10, "09:00")


def test_twenty_gives_high_risk_posts_five_days_with_tests_on_1_3_and_5():
    facts = yellow("high_risk_post", on(15, month=11))
    made = planned(facts, now=on(15, "10:00", month=11))
    assert made.ends_on == day(20, month=11)
    tests = [negative(on(n, "15:00", month=11)) for n in (15, 17, 19)]
    made = planned(facts, confirmed(on(15, month=11)), *tests, now=on(20, month=11))
    assert made.stage == "ready"


def test_ten_keeps_a_close_contact_home_for_five_days_with_a_test_on_the_fifth():
    facts = yellow("close_contact", on(10, month=12))
    made = planned(facts, confirmed(on(10, month=12)), now=on(10, "10:00", month=12))
    assert made.ends_on == day(15, month=12)
    assert opens(made)["test:1"] == on(14, "00:00", month=12)


def test_the_director_may_set_another_end():
    facts = yellow("missed_round", end_override=day(9))
    told = [confirmed(), negative(on(7, "11:00"))]
    made = planned(facts, *told, now=on(8))
    assert made.ends_on == day(9)
    assert "2022-10-09" in said(made.waits_for)
    assert planned(facts, *told, now=on(9)).stage == "ready"


def test_a_corrected_result_is_read_as_if_it_had_been_right_from_the_start():
    wrong = record("test", on(7, "11:00"), "positive")
    right = correction(wrong, fields={"outcome": "negative"})
    made = planned(yellow("missed_round"), confirmed(), wrong, right, now=on(8, "12:00"))
    assert made.stage == "ready"


def test_a_closed_case_asks_for_nothing():
    closed = record("release", on(8), "moved_away")
    made = planned(yellow("unknown"), confirmed(), closed, now=on(8))
    assert (made.stage, made.may_close, made.due) == ("closed", True, ())


def test_a_green_answer_after_a_positive_result_settles_it():
    positive = record("test", on(7, "11:00"), "positive")
    green = record("decode_result", on(17), "green")
    made = planned(yellow("unknown"), confirmed(), positive, green, now=on(17))
    assert made.stage == "green"


def test_an_application_without_an_answer_may_be_made_again_after_two_days():
    told = [confirmed(), negative(on(6, "10:00")), record("decode_application", on(7), "applied")]
    waiting = planned(yellow("missed_round"), *told, now=on(8))
    again = planned(yellow("missed_round"), *told, now=on(10))
    assert (waiting.stage, waiting.due) == ("applied", ())
    assert again.stage == "ready"
    assert [step.step for step in again.due] == ["decode:2"]
