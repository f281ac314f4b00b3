"""To whom something is given: people, grids, a role, or the least loaded of some."""

from datetime import timedelta

import pytest

from app.domain.receivers import Receiver, To, load_of, receivers_of
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.given import give, given_to_one


def people(to: To, cast) -> list[str]:
    return [one.user.name for one in receivers_of(to, cast.home, clock.today())]


def test_everybody_with_a_role_is_everybody_of_the_community(cast):
    assert people(To("role", ["worker"]), cast) == ["李娜", "周强"]
    assert people(To("role", ["director"]), cast) == ["张敏", "郭玉兰"]


def test_a_grid_is_whoever_has_it(cast):
    to = To("grids", [cast.grid2.id])
    assert receivers_of(to, cast.home, clock.today()) == [Receiver(grid=cast.grid2)]


def test_the_least_loaded_has_the_fewest_open_tasks(cast):
    """李娜 has the tasks of three people in her grid, 周强 has none."""
    load = load_of([cast.worker, cast.colleague], clock.today())
    assert load[cast.worker.id] > load[cast.colleague.id] == 0
    assert people(To("least"), cast) == ["周强"]


def test_what_was_given_counts_as_load(cast):
    for _n in range(load_of([cast.worker], clock.today())[cast.worker.id] + 1):
        given_to_one(cast.colleague, cast)
    assert people(To("least"), cast) == ["李娜"]


def test_what_is_due_later_is_no_load_today(cast):
    given_to_one(cast.colleague, cast, due_at=clock.now() + timedelta(days=3))
    assert load_of([cast.colleague], clock.today()) == {cast.colleague.id: 0}


def test_the_least_loaded_of_chosen_ones(cast):
    assert people(To("least", [cast.worker.id]), cast) == ["李娜"]


def test_who_belongs_to_another_community_or_has_left_gets_nothing(cast):
    cast.colleague.active = False
    session.flush()
    for ids in ([cast.neighbour.id], [cast.colleague.id], [cast.official.id], []):
        with pytest.raises(Refused, match="没有人可以接"):
            receivers_of(To("people", ids), cast.home, clock.today())
    with pytest.raises(Refused):
        receivers_of(To("grids", [cast.next_grid.id]), cast.home, clock.today())
    assert people(To("least"), cast) == ["李娜"]


def test_each_receiver_has_a_task_of_her_own(cast):
    given = give(cast, "role", "worker")
    assert [share.task.assignee for share in given.shares] == [cast.worker, cast.colleague]
    assert [share.task.grid_id for share in given.shares] == [cast.grid1.id, cast.grid2.id]
