"""Elders who are looked after."""

from app.domain import regime
from app.domain.cases import open_case_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def test_an_elder_is_put_on_the_roll_and_her_first_visit_planned(cast):
    tell("elder_roll", cast.sibling, by=cast.director, reason="empty_nest")
    case = open_case_of(cast.sibling.id, "elder")
    assert (case.reason, case.high_risk) == ("empty_nest", False)
    assert session.query(Task).filter_by(case_id=case.id, kind="visit", state="open").count() == 1


def test_high_risk_is_visited_sooner_also_by_correction(cast):
    wrong = tell("elder_roll", cast.sibling, by=cast.director, reason="empty_nest")
    case = open_case_of(cast.sibling.id, "elder")
    tell("visit", cast.sibling, by=cast.director, outcome="well")
    later = _due(case)
    tell("elder_roll", by=cast.director, correcting=wrong, reason="lone", high_risk="y")
    assert (case.reason, case.high_risk) == ("lone", True)
    assert _due(case) < later


def test_nobody_is_on_it_twice(cast):
    refused = refusal_of("elder_roll", cast.elder, by=cast.director, reason="lone")
    assert "已有一份在管的同类档案" in sentence(refused)


def test_it_goes_on_under_every_edition(cast):
    regime.adopt(cast.city, "class-B", why="演练", by=cast.admin, at=clock.now())
    assert tell("elder_roll", cast.sibling, by=cast.director, reason="lone")


def _due(case):
    return session.query(Task.due_at).filter_by(case_id=case.id, state="open").scalar()
