"""Whose grid is whose, by day; a hand-over counts at the next click."""

from datetime import date

import pytest

from app.domain.audit import AuditEntry
from app.domain.people import GridAssignment
from app.lib.db import session


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.admin)


def assign(desk, user, grid, begins="2022-10-06", **more):
    data = {"grid_id": grid.id, "begins": begins, "ends": "", "take_over": "y"} | more
    return desk.post(f"/admin/users/{user.id}/grids", data=data)


def grids(user, day=date(2022, 10, 6)) -> list[str]:
    session.expire_all()
    return [grid.code for grid in user.grids_on(day)]


def test_a_hand_over_counts_at_once_for_both(desk, client_of, cast):
    lina, zhou = client_of(cast.worker), client_of(cast.colleague)
    assert assign(desk, cast.colleague, cast.grid1).status_code == 303
    assert grids(cast.worker) == []
    assert grids(cast.colleague) == [cast.grid1.code, cast.grid2.code]
    assert lina.get(f"/residents/{cast.elder.id}").status_code == 404
    assert zhou.get(f"/residents/{cast.elder.id}").status_code == 200


def test_no_browser_keeps_the_old_list(desk, client_of, cast):
    lina = client_of(cast.worker)
    tag = lina.get("/today").headers["ETag"]
    assert lina.get("/today", headers={"If-None-Match": tag}).status_code == 304
    assign(desk, cast.colleague, cast.grid1)
    assert lina.get("/today", headers={"If-None-Match": tag}).status_code == 200


def test_what_was_hers_yesterday_stays_on_the_paper(desk, cast):
    assign(desk, cast.colleague, cast.grid1)
    assert grids(cast.worker, date(2022, 10, 5)) == [cast.grid1.code]


def test_a_hand_over_next_week_changes_nothing_today(desk, cast):
    assign(desk, cast.colleague, cast.grid1, begins="2022-10-10")
    assert grids(cast.worker) == [cast.grid1.code]
    assert grids(cast.worker, date(2022, 10, 10)) == []
    assert cast.grid1.code in grids(cast.colleague, date(2022, 10, 10))


def test_helping_out_for_two_days_leaves_the_grid_with_its_worker(desk, cast):
    data = {"grid_id": cast.grid1.id, "begins": "2022-10-06", "ends": "2022-10-07"}
    desk.post(f"/admin/users/{cast.colleague.id}/grids", data=data)
    assert grids(cast.worker) == [cast.grid1.code]
    assert cast.grid1.code in grids(cast.colleague)
    assert cast.grid1.code not in grids(cast.colleague, date(2022, 10, 8))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"begins": "2022-10-01"}, "最早从今天起"),
        ({"ends": "2022-10-01"}, "不能早于第一天"),
        ({"begins": "soon"}, "日期写法不对"),
        ({"grid_id": "99999"}, "从列表里选"),
    ],
)
def test_a_wrong_day_or_grid_has_its_sentence(desk, cast, changed, words):
    answer = assign(desk, cast.colleague, cast.grid1, **changed)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert grids(cast.colleague) == [cast.grid2.code]


def test_the_same_grid_twice_is_refused(desk, cast):
    assert assign(desk, cast.worker, cast.grid1).status_code == 422
    assert session.query(GridAssignment).filter_by(user_id=cast.worker.id).count() == 1


def test_a_grid_of_another_community_is_not_hers_to_have(desk, cast):
    assert assign(desk, cast.worker, cast.next_grid).status_code == 422
    assert grids(cast.worker) == [cast.grid1.code]


def test_only_a_worker_has_grids(desk, cast):
    answer = assign(desk, cast.director, cast.grid1)
    assert answer.status_code == 422


def test_taking_a_grid_back_counts_at_once_and_is_noted(desk, cast):
    hers = session.query(GridAssignment).filter_by(user_id=cast.worker.id).one()
    desk.post(f"/admin/users/{cast.worker.id}/grids/{hers.id}/end")
    assert grids(cast.worker) == []
    noted = session.query(AuditEntry).filter_by(action="user_changed").one()
    assert noted.reason == f"grid {cast.grid1.code} until 2022-10-05"


def test_another_ones_assignment_is_not_taken_by_this_page(desk, cast):
    hers = session.query(GridAssignment).filter_by(user_id=cast.worker.id).one()
    url = f"/admin/users/{cast.colleague.id}/grids/{hers.id}/end"
    assert desk.post(url).status_code == 404
