"""What the director is told to look at now, in which order, and with which action."""

from app.domain import days
from app.lib import clock
from app.lib.db import session
from app.reports.board import board
from tests.cast import MORNING
from tests.lived_day import OCTOBER, report


def told(area) -> list[tuple[str, str | None]]:
    return [(str(need.words), need.grave) for need in board(area).needs]


def test_the_gravest_first_sudden_events_before_others_then_the_oldest(lived):
    graver = [words for words, grave in told(lived.home) if grave == "bad"]
    assert graver == [
        "第1网格 突发疾病、受伤（待核实）",
        "第2网格 燃气泄漏（处理中）",
        "3 条已核实未上传",
        "1 人超过 48 小时未核实",
        "2 人超过 24 小时未核实",
    ]
    assert [grave for _words, grave in told(lived.home)] == sorted(
        [grave for _words, grave in told(lived.home)], key=["bad", "warn", None].index
    )


def test_each_need_has_its_action(lived):
    actions = {str(need.words): need.action for need in board(lived.home).needs}
    assert actions["1 人已满足条件，可申报解码"] == "decode"
    assert actions["2 人超过 24 小时未核实"] == "remind"
    assert actions["1 条登记待您定夺"] == "decide"
    assert actions["第1网格 突发疾病、受伤（待核实）"] == "incident_reported"


def test_late_work_is_said_by_grid(lived):
    late = {need.grid.name: need.number for need in board(lived.home).needs if need.grid}
    assert set(late) == {"第1网格", "第2网格"}
    assert sum(late.values()) == board(lived.home).now("tasks_late")


def test_yesterday_is_asked_for_until_it_is_closed(lived):
    unclosed = ("10月5日还没有日结", "warn")
    assert unclosed in told(lived.home)
    who = {"by": lived.director, "at": MORNING}
    days.close_day(lived.home.id, OCTOBER[5], sums={}, report="", **who)
    session.flush()
    assert unclosed not in told(lived.home)


def test_a_day_on_which_nothing_was_written_need_not_be_closed(cast):
    assert told(cast.next_door) == []


def test_whoever_passed_the_second_alarm_is_not_told_twice(lived):
    with clock.stopped_at(clock.at(OCTOBER[7], 12)):
        lines = [words for words, _grave in told(lived.home) if "未核实" in words]
    assert lines == ["1 人超过 72 小时未核实", "2 人超过 48 小时未核实", "3 人超过 24 小时未核实"]


def test_of_many_sudden_events_six_are_said_and_the_others_are_counted(cast):
    found = [report(cast, "medical", cast.grid1, hour) for hour in range(1, 9)]
    for seen in found[:3]:
        seen.verify("", by=cast.director, at=MORNING)
    session.flush()
    sudden = [need for need in board(cast.home).needs if need.action.startswith("incident")]
    ids = [incident.id for incident in found]
    assert [need.about for need in sudden] == [*ids[3:], ids[0], None]
    assert (str(sudden[-1].words), sudden[-1].action) == ("另有 2 起突发事件", "incidents")
    assert sudden[-1].number is None
