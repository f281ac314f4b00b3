"""A list that others sent: kept sealed, due by its clock, taken back where nobody worked on it."""

from datetime import timedelta

import pytest

from app.domain import lists
from app.domain.pushed import PushedList
from app.exchange.lists.undoing import undo
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.pushed import row_of, sent

FILE = b"PK\x03\x04 a workbook"


def test_file_name_and_question_are_sealed_and_open_again(cast):
    list_ = sent(cast, file=FILE, name="王建国一家.xlsx", question="在不在家")
    session.commit()
    found = session.get(PushedList, list_.id)
    assert (found.file, found.name, found.question) == (FILE, "王建国一家.xlsx", "在不在家")
    assert FILE not in found.file_sealed
    row = row_of(found, cast.plain, note="体温37.5")
    assert "37.5" not in row.understood_sealed


def test_the_same_file_is_known_again_until_it_is_taken_back(cast):
    list_ = sent(cast, file=FILE)
    assert lists.same_file("check", cast.home, FILE) is list_
    assert lists.same_file("yellow", cast.home, FILE) is None
    assert lists.same_file("check", cast.next_door, FILE) is None
    undo(list_, by=cast.director, at=clock.now())
    assert lists.same_file("check", cast.home, FILE) is None


def test_every_level_takes_its_hour_and_each_is_told(cast):
    six = clock.now() + timedelta(hours=8)
    told = lists.clock_of_list(sent(cast, deadline_at=six))
    assert [(one.words, (six - one.until) / timedelta(hours=1)) for one in told.leads] == [
        ("区县提前", 1), ("街道提前", 2), ("社区提前", 3),
    ]  # fmt: skip
    assert told.due_at == six - timedelta(hours=3)


def test_an_unknown_kind_of_list_is_refused(cast):
    with pytest.raises(Refused):
        sent(cast, kind="horoscope")
