"""The story: a community of real size, the same at every telling, with nothing in the future."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cli.story.telling import QUIET_LIFE
from app.domain.cases import Case
from app.domain.days import DayClose
from app.domain.incidents import OPEN_STAGES, Incident
from app.domain.notices import Notice, NoticeReader
from app.domain.people import User
from app.domain.places import Area, Household, area_by_code
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.shares import Share
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.story import EVENING, NIGHT, told_in


@pytest.fixture
def story(told_story):
    with told_story.app_context(), clock.stopped_at(EVENING):
        yield area_by_code("140106001002")


def count(*conditions) -> int:
    return session.scalar(select(func.count()).where(*conditions))


def test_the_community_is_of_real_size(story):
    assert len(story.under("grid")) == 12
    assert 2800 <= count(Household.community_id == story.id) <= 3000
    assert 6500 <= count(Resident.community_id == story.id) <= 6900


def test_one_resident_in_six_is_sixty_or_older(story):
    born_before = EVENING.date() - timedelta(days=60 * 365)
    old = count(Resident.community_id == story.id, Resident.born <= born_before)
    assert 0.14 < old / count(Resident.community_id == story.id) < 0.19


def test_this_morning_so_many_are_in_care(story):
    def open_ones(kind):
        return count(Case.community_id == story.id, Case.kind == kind, Case.closed_at.is_(None))

    assert open_ones("yellow") == 37
    assert open_ones("returnee") == 112
    assert open_ones("elder") == 91
    assert count(Incident.community_id == story.id, Incident.stage.in_(OPEN_STAGES)) == 3


def test_some_tasks_are_late(story):
    late = count(Task.community_id == story.id, Task.state == "open", Task.due_at < clock.now())
    assert 5 < late < 200


def test_six_workers_have_two_grids_each(story):
    workers = session.scalars(
        select(User).where(User.role == "worker", User.area_id == story.id)
    ).all()
    assert [len(worker.grids_on(clock.today())) for worker in workers] == [2] * 6


def test_a_household_has_as_many_people_as_in_taiyuan(story):
    """The census of 2020: 2.3 people in a household of 太原市."""
    people = count(Resident.community_id == story.id)
    assert 2.2 <= people / count(Household.community_id == story.id) <= 2.5


def test_the_directors_have_their_titles(story):
    directors = session.scalars(
        select(User).where(User.role == "director", User.area_id == story.id)
    )
    told = {(user.name, user.title) for user in directors}
    assert told == {("张敏", "副主任"), ("郭玉兰", "书记")}


def test_the_next_community_has_a_worker_and_a_director_of_its_own(story):
    home = select(User).where(User.area_id != story.id, User.role.in_(("worker", "director")))
    neighbours = session.scalars(home.order_by(User.login)).all()
    told = [(user.name, user.title, user.role) for user in neighbours]
    assert told == [("何伟", "主任", "director"), ("孙丽", "网格员", "worker")]
    [next_door] = {user.area for user in neighbours}
    assert next_door.level == "community" and next_door.parent is story.parent
    [_director, worker] = neighbours
    assert set(worker.grids_on(clock.today())) == set(next_door.under("grid"))
    assert count(Resident.community_id == next_door.id) > 0


def test_everybody_who_works_there_has_a_title(story):
    working = session.scalars(select(User).where(User.role != "admin")).all()
    assert len(working) == 13 and all(user.title for user in working)


def test_this_morning_work_is_out_in_every_state(story):
    states = session.scalars(select(Share.state)).all()
    assert sorted(states) == sorted(
        ["given", "done", "accepted", "asked", "handed", "given", "given", "given"]
    )


def test_two_have_not_read_that_there_is_a_training_at_ten(story):
    notice = session.scalars(select(Notice)).one()
    assert f"{clock.local(notice.starts_at):%H:%M}" == "10:00"
    assert [reader.user.name for reader in notice.unread] == ["李娜", "牛斌"]


def test_there_is_somebody_on_every_level(story):
    levels = {user.area.level for user in session.scalars(select(User)) if user.area}
    assert levels == {"community", "subdistrict", "district", "city"}
    assert count(User.role == "admin") == 1


def test_every_day_before_today_is_closed(story):
    days = session.scalars(select(DayClose.day).where(DayClose.community_id == story.id)).all()
    assert sorted(days) == [clock.today() - timedelta(days=back) for back in range(7, 0, -1)]


def test_nothing_lies_in_the_future(story):
    assert session.scalar(select(func.max(Record.received_at))) <= clock.now()


def test_every_case_has_its_papers(story):
    papers = session.execute(select(Case.reason, Case.rule, Case.edition, Case.ends_on)).all()
    assert papers and all(all(paper) for paper in papers)


def test_two_tellings_are_alike_whatever_the_hour(tmp_path):
    """Of a quieter week: what is told, and by which dice, is the same in a busy one."""
    evening = told_in(tmp_path / "evening", EVENING, QUIET_LIFE)
    night = told_in(tmp_path / "night", NIGHT, QUIET_LIFE)
    assert fingerprint(evening) == fingerprint(night)


def fingerprint(app) -> str:
    """Everybody, where they live, and where their cases and tasks stand; ids and hours left out."""
    with app.app_context():
        people = select(Resident.name, Resident.born, Household.address).join(Resident.household)
        cases = select(Resident.name, Case.kind, Case.reason, Case.stage).join(Case.resident)
        records = select(Record.kind, Record.outcome, Record.resident_id)
        given = select(Share.state, Task.asks, Task.assignee_id).join(Task)
        told = select(NoticeReader.user_id, NoticeReader.read_at.is_(None))
        areas = select(Area.code, Area.name).order_by(Area.code)
        rows = (
            *session.execute(areas),
            *session.execute(people.order_by(Resident.id)),
            *session.execute(cases.order_by(Case.id)),
            *sorted(session.execute(records), key=str),
            *session.execute(given.order_by(Share.id)),
            *session.execute(told.order_by(NoticeReader.id)),
        )
        return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()
