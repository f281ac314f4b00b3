"""Per thing: who was told, by which way, and whether she has opened it."""

from app.domain import tasks
from app.lib import clock
from app.lib.db import session
from app.notify.channels import Outcome
from app.reports.told import Told, told_about, undelivered_count
from tests.notify.street import Street, a_round, later, read_everything


def give(cast, grid) -> tasks.Task:
    now, about = clock.now(), {"community_id": cast.home.id, "grid_id": grid.id}
    end = clock.end_of(clock.today())
    given = tasks.give("visit", "", by=cast.director, at=now, due_at=end, **about)
    session.commit()
    return given


def test_of_each_task_who_was_told_and_how_far_it_got(cast):
    read_everything()
    push = Street({cast.worker.id: ["lina's"], cast.colleague.id: ["zhou's"]})
    push.answers["zhou's"] = Outcome("gone")
    ways = {"push": push, "robot": Street({cast.colleague.id: ["group"]})}
    one, other = give(cast, cast.grid1), give(cast, cast.grid2)
    a_round(ways)
    told = told_about(task_ids=[one.id, other.id])
    [lina], [zhou] = told[one.id], told[other.id]
    assert (lina.person, ways_of(lina), lina.state) == (cast.worker, ["push"], "open")
    assert (ways_of(zhou), [way.state for way in zhou.ways]) == (["robot"], ["failed", "sent"])
    with later(hours=2):
        a_round(ways)
    assert told_about(task_ids=[other.id])[other.id][0].state == "undelivered"
    assert undelivered_count(cast.home) == 2


def ways_of(one: Told) -> list[str]:
    return [way.channel for way in one.sent]


def test_of_nothing_nobody_was_told(cast):
    assert told_about() == {} and told_about(task_ids=[4711]) == {}
