"""Elders of a roll who live alone are looked after from the day the roll comes in."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.cases import Case, open_case_of
from app.domain.tasks import Task
from app.lib.db import session
from tests.exchange.sheets import named, number, person, roll, take, whys


def elder(sequence: int, category: str, born: date = date(1940, 5, 6)) -> list:
    name = f"张{'零一二三四五六七八九'[sequence]}"
    return person(sequence, name, 身份证号=number(sequence, born), 人员类别=category)


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        ("独居老人", "lone"),
        ("常住、空巢", "empty_nest"),
        ("留守老人", "left_behind"),
        ("失能", "disabled"),
        ("重残（一级）", "severe"),
    ],
)
def test_an_elder_is_put_on_the_roll_of_her_class(app, cast, category, reason):
    report = take(roll(elder(1, category)), cast)
    case = open_case_of(named("张一").id, "elder")
    assert (case.reason, case.grid_id, report.elders) == (reason, cast.grid1.id, 1)
    assert case.rule and case.edition == "ninth"
    tasks = session.scalars(select(Task).where(Task.case_id == case.id)).all()
    assert [task.kind for task in tasks] == ["visit"]


@pytest.mark.parametrize(
    ("category", "born", "said"),
    [
        ("留守儿童", date(2014, 5, 6), ""),
        ("重残", date(1990, 5, 6), "不满 60 岁"),
        ("常住", date(1940, 5, 6), ""),
    ],
)
def test_others_are_not(app, cast, category, born, said):
    report = take(roll(elder(1, category, born)), cast)
    assert open_case_of(named("张一").id, "elder") is None
    assert said in whys(report)[0] and bool(said) == bool(whys(report)[0])


def test_she_is_not_put_there_twice(app, cast):
    known = cast.elder
    row = person(1, known.name, 身份证号=known.id_number, 房号="101", 人员类别="空巢老人")
    report = take(roll(row), cast)
    assert "已按另一类在管" in whys(report)[0]
    assert cast.elder_case.reason == "lone"
    assert len(session.scalars(select(Case).where(Case.kind == "elder")).all()) == 1


def test_whose_visits_were_ended_is_not_begun_again_by_the_same_list(app, cast):
    content = roll(elder(1, "独居老人"))
    take(content, cast)
    case = open_case_of(named("张一").id, "elder")
    case.closed_at, case.outcome = case.opened_at, "cared_for"
    session.commit()
    assert take(content, cast).elders == 0
    assert open_case_of(named("张一").id, "elder") is None


def test_a_new_category_begins_the_visits(app, cast):
    take(roll(elder(1, "常住")), cast)
    report = take(roll(elder(1, "独居老人")), cast)
    assert (report.counts["updated"], report.elders) == (1, 1)
