"""Returnees, by Shanxi's tables of August and November 2022 and the national text."""

from app.policy.rulebook import RULES
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
)

ARRIVED = on(6, "10:00")


def returnee(label: str, opened_at=ARRIVED, **told):
    return case("returnee", label, opened_at, **told)


def arrival(at=ARRIVED, told_at=None):
    return record("arrival", told_at or at, arrived_at=at.isoformat())


def confirmed(at=None):
    return record("arrival_check", at or on(6, "11:00"), "confirmed")


def negative(at):
    return record("test", at, "negative")


def monitored(number: int, clock: str, **fields):
    return record("monitor", on(number, clock), fields.pop("outcome", "normal"), **fields)


def test_blue1_is_three_tests_in_three_days_a_day_apart():
    facts, told = returnee("blue1"), [arrival(), confirmed()]
    made = planned(facts, *told, now=on(6, "12:00"))
    assert made.stage == "verified"
    assert due(made)["test:1"] == on(7, "10:00")
    assert made.ends_on == day(9)

    told.append(negative(on(6, "14:00")))
    made = planned(facts, *told, now=on(6, "15:00"))
    assert opens(made)["test:2"] == on(7, "14:00")
    assert due(made)["test:2"] == on(8, "10:00")

    told.append(negative(on(7, "15:00")))
    made = planned(facts, *told, now=on(7, "16:00"))
    assert (opens(made)["test:3"], due(made)["test:3"]) == (on(8, "15:00"), on(9, "10:00"))

    told.append(negative(on(8, "16:00")))
    assert planned(facts, *told, now=on(8, "20:00")).stage == "monitored"
    made = planned(facts, *told, now=on(9, "08:00"))
    assert (made.stage, made.may_close) == ("releasable", True)
    assert due(made)["release"] == on(10, "00:00")


def test_blue1_is_monitored_twice_a_day_for_three_days():
    made = planned(returnee("blue1"), arrival(), now=on(6, "11:00"))
    monitor = [step.step for step in made.due if step.task == "monitor"]
    assert monitor == [f"monitor:2022-10-0{n}:{slot}" for n in (6, 7, 8) for slot in ("am", "pm")]
    assert due(made)["monitor:2022-10-06:am"] == on(6, "11:59").replace(second=59)


def test_a_return_in_the_evening_is_not_asked_for_the_morning():
    late = on(6, "19:00")
    made = planned(returnee("blue1", late), arrival(late), now=on(6, "20:00"))
    assert "monitor:2022-10-06:am" not in due(made)
    assert "monitor:2022-10-06:pm" in due(made)


def test_the_yellow_label_is_seven_days_at_home_with_a_landing_test_and_1_4_7():
    facts = returnee("yellow", anchor=ARRIVED)
    rule = RULES.rule("returnee", "yellow", "ninth", "140106", day(6))
    assert [test.day or f"{test.to_h} h" for test in rule.params.tests] == ["24 h", 1, 4, 7]
    assert rule.params.transfer == "point_to_point"

    made = planned(facts, arrival(), now=on(6, "11:00"))
    assert made.ends_on == day(13)
    assert len([step for step in made.due if step.task == "monitor"]) == 14

    tests = [negative(on(n, "15:00")) for n in (6, 9, 12)]
    made = planned(facts, arrival(), confirmed(), *tests, now=on(13, "08:00"))
    assert made.stage == "releasable"
    assert [step for step in done(made) if step.startswith("test")] == [
        "test:1", "test:2", "test:3", "test:4",
    ]  # fmt: skip


def test_the_red_label_of_august_is_central_and_of_november_at_home():
    august = returnee("red", anchor=ARRIVED)
    assert not [s for s in planned(august, arrival(), now=ARRIVED).due if s.task == "monitor"]

    arrived = on(16, month=11)
    november = returnee("red", arrived, anchor=arrived)
    made = planned(november, arrival(arrived), now=arrived)
    assert len([step for step in made.due if step.task == "monitor"]) == 14
    assert made.ends_on == day(23, month=11)
    tests = [negative(on(n, "15:00", month=11)) for n in (16, 18, 20, 22)]
    check = confirmed(on(16, "12:00", month=11))
    made = planned(november, arrival(arrived), check, *tests, now=on(23, month=11))
    assert made.stage == "releasable"


def test_november_has_no_yellow_label():
    labels = [r.label for r in RULES.reasons("returnee", "twenty", "140106", day(16, month=11))]
    assert "yellow" not in labels
    assert {"red", "blue"} <= set(labels)


def test_somebody_back_from_within_the_province_is_only_registered():
    made = planned(returnee("in_province"), arrival(), confirmed(), now=on(6, "12:00"))
    assert (made.stage, made.may_close) == ("releasable", True)


def test_an_announced_return_waits_for_the_arrival():
    facts = returnee("blue1", on(4, "09:00"), anchor=ARRIVED)
    announced = record("arrival", on(4, "09:00"), "announced", arrived_at=ARRIVED.isoformat())
    made = planned(facts, announced, now=on(5))
    assert made.stage == "reported"
    assert list(due(made)) == ["verify"]
    assert due(made)["verify"] == on(7, "10:00")
    assert "2022-10-06" in said(made.waits_for)

    made = planned(facts, announced, arrival(on(6, "13:00")), now=on(6, "14:00"))
    assert made.stage == "arrived"
    assert due(made)["test:1"] == on(7, "13:00")


def test_a_return_announced_for_the_same_day_has_not_arrived_yet():
    tonight = on(6, "21:00")
    facts = returnee("blue1", on(6, "09:00"), anchor=tonight)
    announced = record("arrival", on(6, "09:00"), "announced", arrived_at=tonight.isoformat())
    assert planned(facts, announced, now=on(6, "22:00")).stage == "reported"


def test_a_listed_arrival_that_has_happened_needs_no_second_telling():
    facts = returnee("green", on(7, "22:00"), anchor=on(6, "10:00"))
    made = planned(facts, now=on(7, "23:00"))
    assert made.stage == "arrived"
    assert due(made)["test:1"] == on(7, "10:00")


def test_a_check_before_the_arrival_is_known_asks_for_the_arrival():
    made = planned(returnee("green"), confirmed(), now=on(6, "12:00"))
    assert made.stage == "reported"
    assert list(due(made)) == ["arrival"]


def test_an_earlier_arrival_told_later_makes_nobody_late():
    facts = returnee("blue1", anchor=ARRIVED)
    before = planned(facts, arrival(), now=on(6, "12:00"))
    told_later = arrival(on(5, "08:00"), told_at=on(6, "13:00"))
    after = planned(facts, arrival(), told_later, now=on(6, "14:00"))
    assert after.ends_on == day(8)
    assert due(after)["test:1"] == due(before)["test:1"]


def test_a_corrected_arrival_moves_the_end():
    wrong = arrival(on(6, "10:00"))
    right = correction(wrong, fields={"arrived_at": on(5, "10:00").isoformat()})
    made = planned(returnee("blue1"), wrong, right, now=on(7))
    assert made.ends_on == day(8)


def test_a_positive_result_stops_the_release():
    positive = record("test", on(6, "15:00"), "positive")
    made = planned(returnee("blue1"), arrival(), confirmed(), positive, now=on(9))
    assert made.stage == "positive"
    assert not made.may_close
    assert made.why
    assert made.waits_for


def test_an_abnormal_temperature_stops_the_release_until_one_is_normal():
    tests = [negative(on(6, "14:00")), negative(on(7, "15:00")), negative(on(8, "16:00"))]
    fever = monitored(8, "17:00", temperature=37.6)
    told = [arrival(), confirmed(), *tests, fever]
    made = planned(returnee("blue1"), *told, now=on(9, "08:00"))
    assert not made.may_close
    assert "异常" in said(made.why)
    assert due(made)["monitor:again:20221008T090000"] == on(9, "23:59").replace(second=59)

    made = planned(returnee("blue1"), *told, monitored(9, "09:00"), now=on(9, "10:00"))
    assert made.stage == "releasable"
    assert "monitor:again:20221008T090000" in done(made)
    assert due(made)["release"] == on(10, "09:00")


def test_a_day_that_was_not_monitored_lapses_and_is_counted():
    tests = [negative(on(6, "14:00")), negative(on(7, "15:00")), negative(on(8, "16:00"))]
    made = planned(returnee("blue1"), arrival(), confirmed(), *tests, now=on(9, "08:00"))
    assert [step for step in due(made) if step.startswith("monitor")] == [
        "monitor:2022-10-08:am", "monitor:2022-10-08:pm",
    ]  # fmt: skip
    assert "健康监测漏登 4 次" in said(made.why)
    assert made.may_close


def test_a_release_ends_the_case():
    released = record("release", on(9, "09:00"), "ended")
    tests = [negative(on(6, "14:00")), negative(on(7, "15:00")), negative(on(8, "16:00"))]
    made = planned(returnee("blue1"), arrival(), confirmed(), *tests, released, now=on(9, "09:30"))
    assert (made.stage, made.may_close, made.due) == ("released", True, ())
    assert "release" in done(made)


def test_somebody_not_ours_may_be_handed_over():
    check = record("arrival_check", on(6, "12:00"), "not_ours")
    made = planned(returnee("green"), arrival(), check, now=on(6, "13:00"))
    assert (made.stage, made.may_close) == ("transferred", True)


def test_elsewhere_than_in_shanxi_the_national_text_holds():
    facts = returnee("blue1", jurisdiction="320102")
    made = planned(facts, arrival(), negative(on(6, "14:00")), now=on(6, "15:00"))
    assert opens(made)["test:2"] == on(7, "14:00")
    assert due(made)["test:2"] == on(9, "10:00")
