"""A list that others sent: who is told that it is in, how much is hers, when its clock rings."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import lists as pushed
from app.domain.messages import Message
from app.exchange.lists import undoing
from app.lib import clock
from app.lib.db import session
from app.notify import lists, registry
from app.policy.checks import clock_of
from tests.cast import MORNING
from tests.intake.telling import tell
from tests.notify import street
from tests.notify.street import read_everything
from tests.pushed import asked, row_of, sent
from tests.web.pages import queries

HOUR = timedelta(hours=1)


@pytest.fixture
def told(cast):
    """`told(at)` is what the clock tells by then, as far as it has its point."""
    read_everything()

    def by_the_clock(at=MORNING) -> list[tuple[str, str, int]]:
        with clock.stopped_at(at):
            for _again in range(2):
                lists.tell_of_lists(at=at)
                lists.tell_what_lists_are_due(at=at)
                lists.tell_of_late_lists(at=at)
                street.tell()
        return [(one.person.name, one.kind, one.n) for one in news()]

    return by_the_clock


def news() -> list[Message]:
    found = session.scalars(select(Message).order_by(Message.id))
    return [one for one in found if one.state == "open"]


def of(kind: str, told: list) -> list:
    return [(who, n) for who, what, n in told if what == kind]


def test_each_worker_is_told_once_how_many_of_a_list_are_hers(cast, told):
    list_ = sent(cast)
    for person in (cast.elder, cast.yellow, cast.sibling):
        asked(cast, person, list_)
    found = told()
    assert of("list_given", found) == [("李娜", 2), ("周强", 1)]
    assert of("list_in", found) == [("张敏", 1), ("郭玉兰", 1)]
    text = registry.KINDS["list_given"].many % {"n": 2}
    assert text == "您有 2 条信息核查"


def test_what_is_late_when_it_comes_is_told_as_late_and_not_twice(cast, told):
    asked(cast, cast.elder, sent(cast, deadline_at=MORNING))
    found = told(MORNING + HOUR / 60)
    assert (of("list_given", found), of("list_late", found)[0]) == ([], ("李娜", 1))


def test_a_list_that_is_still_worked_through_is_told_to_nobody(cast, told):
    list_ = sent(cast)
    asked(cast, cast.elder, list_)
    row_of(list_, cast.yellow)
    assert told() == []


def test_done_or_taken_back_it_is_not_worth_telling(cast, told):
    check, other = asked(cast, cast.elder), asked(cast, cast.sibling)
    assert len(of("list_given", told())) == 2
    tell("check_result", check.task, by=cast.worker, outcome="real")
    session.commit()
    assert of("list_given", told()) == [("周强", 1)]
    undoing.undo(other.rows[0].list, by=cast.director, at=MORNING)
    session.commit()
    assert of("list_given", told()) == []
    assert of("list_in", told()) == [("张敏", 1), ("郭玉兰", 1)]  # of the other list


@pytest.mark.parametrize(("hours", "urgency"), [(6, "urgent"), (12, "high"), (48, "normal")])
def test_how_urgent_it_is_told_follows_from_the_senders_deadline(cast, told, hours, urgency):
    asked(cast, cast.elder, sent(cast, deadline_at=MORNING + hours * HOUR))
    told()
    assert {one.urgency for one in news() if one.kind == "list_given"} == {urgency}


def test_its_clock_rings_once_each_time_for_directors_and_whoever_has_some_left(cast, told):
    list_ = sent(cast, deadline_at=MORNING + 20 * HOUR)
    for person in (cast.elder, cast.yellow, cast.sibling):
        asked(cast, person, list_)
    done = asked(cast, cast.sibling, list_)
    told()
    soon = told(list_.due_at - HOUR)
    assert of("list_due", soon) == [("李娜", 2), ("周强", 1)]
    done.finish("real", None, by=cast.colleague, at=clock.now())
    everybody = [("李娜", 2), ("张敏", 2), ("郭玉兰", 2)]
    for ring in (list_.due_at, list_.deadline_at, MORNING + 24 * HOUR, MORNING + 48 * HOUR):
        read_everything()
        assert of("list_late", told(ring - HOUR / 60)) == []
        assert sorted(of("list_late", told(ring))) == sorted(everybody)
    read_everything()
    assert told(MORNING + 60 * HOUR) == []


def test_a_clock_names_each_of_its_times_once(cast):
    place = pushed.rules_at(cast.home, MORNING)
    names = [name for name, _at in clock_of(MORNING, None, "太原市专班", place).rings]
    assert names == ["24h", "48h", "72h"]
    early = clock_of(MORNING, MORNING + 24 * HOUR, "迎泽街道", place)
    assert [name for name, _at in early.rings] == ["due", "24h", "48h", "72h"]


def test_who_watched_it_being_worked_through_need_not_be_told(cast, told):
    list_ = sent(cast)
    asked(cast, cast.elder, list_)
    lists.has_seen_it_is_in(list_, cast.director, at=MORNING)
    assert of("list_in", told()) == [("郭玉兰", 1)]


def test_many_lists_are_told_in_few_queries(cast, told):
    for person in (cast.elder, cast.yellow, cast.sibling, cast.plain):
        asked(cast, person, sent(cast))
    session.commit()
    with queries() as asked_for:
        lists.tell_of_lists(at=MORNING)
    assert len(asked_for) < 16
