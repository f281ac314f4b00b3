"""A training card is shown once to whom it concerns, while the edition it explains is in force."""

from datetime import date

import pytest

from app.domain import regime
from app.domain.events import Event
from app.domain.trainings import note_begun, progress_of, shown_to, unseen_by
from app.lib import clock
from app.lib.db import session
from app.policy.rulebook import RULES
from app.policy.trainings import TRAININGS, BadTraining, _read
from tests.intake.telling import refusal_of, tell

NINTH = "ninth-zones"


def keys(trainings) -> list[str]:
    return [one.key for one in trainings]


def test_she_sees_it_until_she_has_gone_through_it(cast):
    assert keys(unseen_by(cast.worker, clock.today())) == [NINTH]
    tell("training_read", by=cast.worker, training=NINTH)
    tell("training_read", by=cast.worker, via="phone", training=NINTH)
    session.flush()
    assert unseen_by(cast.worker, clock.today()) == []
    assert keys(shown_to(cast.worker, clock.today())) == [NINTH]
    assert keys(unseen_by(cast.colleague, clock.today())) == [NINTH]


def test_from_its_day_to_its_last(cast):
    assert keys(shown_to(cast.worker, date(2022, 9, 19))) == []
    assert keys(shown_to(cast.worker, date(2022, 11, 10))) == [NINTH]
    assert keys(shown_to(cast.worker, date(2022, 11, 11))) == ["twenty-measures"]
    assert keys(shown_to(cast.worker, date(2024, 5, 1))) == []


def test_where_another_edition_was_adopted_another_training_is_shown(cast):
    regime.adopt(cast.home, "class-B", why="演练", by=cast.admin, at=clock.now())
    session.flush()
    session.info.pop("editions", None)
    assert keys(shown_to(cast.worker, clock.today())) == []


def test_officials_and_admins_are_not_concerned(cast):
    assert shown_to(cast.official, clock.today()) == shown_to(cast.admin, clock.today()) == []


def test_the_director_sees_who_has_gone_through_it(cast):
    tell("training_read", by=cast.worker, training=NINTH)
    session.flush()
    progress = progress_of(TRAININGS[NINTH], cast.home)
    assert [user.name for user, at in progress if at] == ["李娜"]
    assert {user.name for user, at in progress if not at} == {"周强", "张敏", "郭玉兰"}


def test_its_first_day_is_told_in_every_community_it_concerns(cast):
    assert note_begun(date(2022, 9, 20), at=clock.now()) == 2
    assert note_begun(date(2022, 9, 21), at=clock.now()) == 0
    told = session.query(Event).filter_by(kind="training_given")
    assert {event.community_id for event in told} == {cast.home.id, cast.next_door.id}


def test_an_unknown_one_cannot_be_gone_through(cast):
    assert refusal_of("training_read", by=cast.worker, training="nothing")


def test_every_training_explains_an_edition_while_it_is_in_force():
    for one in TRAININGS.values():
        edition = RULES.editions[one.edition]
        assert edition.since <= one.since, one.key
        assert edition.until is None or one.until <= edition.until, one.key


GOOD = {
    "key": "x", "words": "新规则", "edition": "ninth", "roles": ["worker"], "source": "通知",
    "from": date(2022, 10, 1), "to": date(2022, 10, 9),
    "screen": [{"words": "一", "meaning": "甲"}, {"words": "二", "meaning": "乙"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"screen": GOOD["screen"][:1]}, {"screen": GOOD["screen"] * 3}, {"edition": "eleventh"}]
    + [{"roles": ["emperor"]}, {"to": date(2022, 9, 1)}],
)
def test_what_is_wrong_in_a_file_is_said(wrong):
    assert _read(GOOD).key == "x"
    with pytest.raises(BadTraining, match="x"):
        _read(GOOD | wrong)


def test_so_is_what_is_missing():
    with pytest.raises(BadTraining, match="source"):
        _read({name: value for name, value in GOOD.items() if name != "source"})
