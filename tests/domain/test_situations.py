"""A situation plans the visits of every elder below it anew, and its end does so again."""

from datetime import date

from app.domain import situations
from app.domain.regime import DeclaredSituation
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session


def due(cast) -> date:
    return session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one().due_day


def test_it_brings_the_next_visit_near_and_its_end_lets_it_go(cast):
    ordinary = due(cast)
    situations.begin(cast.district, "silent", by=cast.director, at=clock.now())
    session.flush()
    assert due(cast) == clock.today() < ordinary
    declared = session.query(DeclaredSituation).one()
    situations.end(declared, by=cast.director, at=clock.now())
    assert declared.ends == clock.today()
    assert due(cast) >= clock.today()


def test_only_elders_below_it(cast):
    assert situations.begin(cast.home, "heat", by=cast.director, at=clock.now()) == 1
    assert situations.begin(cast.next_door, "heat", by=cast.director, at=clock.now()) == 0
