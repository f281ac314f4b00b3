"""The checklist's numbers add up, and each is its rows."""

from sqlalchemy import func, select

from app.domain.tasks import Task
from app.lib.db import session
from app.reports.checklist import LISTS, behind, checklist
from tests.intake.telling import tell
from tests.lived_day import OCTOBER, at, live


def rows(show: str, place, day, **where) -> int:
    return session.scalar(
        select(func.count()).select_from(behind(show, place, day, **where).subquery())
    )


def test_every_number_is_its_rows(cast):
    live(cast)
    for day in (OCTOBER[5], OCTOBER[6]):
        listed = checklist(cast.home, day)
        for show in LISTS:
            assert listed.sums[show] == rows(show, cast.home, day), (day, show)
            assert sum(line.numbers[show] for line in listed.grids) == listed.sums[show]


def test_due_is_what_was_done_and_what_is_left(cast):
    live(cast)
    for day in (OCTOBER[4], OCTOBER[5], OCTOBER[6]):
        sums = checklist(cast.home, day).sums
        assert sums["due"] == sums["done"] + sums["left"]


def test_a_record_of_yesterday_counts_for_yesterday(cast):
    before = checklist(cast.home, OCTOBER[5]).sums
    tell("visit", cast.elder, by=cast.worker, at=at(5, 17), outcome="well")
    after = checklist(cast.home, OCTOBER[5]).sums
    assert after["late_records"] == before["late_records"] + 1
    assert after["records"] == before["records"] + 1
    assert after["done"] == before["done"] + 1


def test_what_was_due_before_is_left_from_before(cast):
    task = session.query(Task).filter_by(kind="verify", resident_id=cast.yellow.id).one()
    task.set_window(task.opens_at, at(5, 20))
    session.flush()
    assert checklist(cast.home, OCTOBER[6]).sums["brought"] >= 1
    assert task in session.scalars(behind("brought", cast.home, OCTOBER[6])).all()


def test_a_directors_own_record_needs_no_check(cast):
    tell("visit", cast.elder, by=cast.director, outcome="well")
    tell("monitor", cast.returnee_case, by=cast.worker, outcome="normal")
    kinds = [record.kind for record in session.scalars(behind("to_check", cast.home, OCTOBER[6]))]
    assert kinds == ["monitor"]
