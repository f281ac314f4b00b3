"""What a person must decide."""

import pytest

from app.domain.receipts import Receipt
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.sync.held import (
    decide,
    entry_of,
    held_entry,
    held_in,
    unsettled_entry,
    unsettled_of,
    words_of,
)
from app.sync.inbox import receive
from tests.intake.telling import entry, tell


@pytest.fixture
def waiting(cast) -> Receipt:
    """李娜 wrote down a visit in 周强's grid."""
    tell("elder_roll", cast.sibling, by=cast.director, reason="lone")
    written = entry("visit", cast.sibling, via="phone", outcome="needs", needs=["food"])
    receive([written], by=cast.worker)
    return session.get(Receipt, written.id)


def test_the_director_of_the_community_sees_it_and_no_other(cast, waiting):
    assert held_in(cast.home.id) == [waiting]
    assert held_in(cast.next_door.id) == []
    assert held_entry(waiting.entry_id, cast.home.id) is waiting
    assert held_entry(waiting.entry_id, cast.next_door.id) is None


def test_its_author_sees_it_and_no_other(cast, waiting):
    assert unsettled_of(cast.worker) == [waiting]
    assert unsettled_of(cast.colleague) == []
    assert unsettled_entry(waiting.entry_id, cast.colleague) is None
    assert entry_of(waiting).fields == {"outcome": "needs", "needs": ["food"]}


def test_accepted_it_is_its_authors_record(cast, waiting):
    record = decide(waiting, True, by=cast.director, at=clock.now())
    assert (record.by_id, record.resident_id) == (cast.worker.id, cast.sibling.id)
    assert (waiting.state, waiting.record_id, waiting.body) == ("kept", record.id, None)
    assert waiting.decided_by_id == cast.director.id
    assert held_in(cast.home.id) == [] and unsettled_of(cast.worker) == []


def test_returned_it_carries_the_directors_words_to_its_author(cast, waiting):
    decide(waiting, False, words="这是周强的网格", by=cast.director, at=clock.now())
    session.commit()
    assert waiting.state == "returned" and words_of(waiting) == "这是周强的网格"
    assert "周强" not in waiting.body_sealed
    assert unsettled_of(cast.worker) == [waiting]
    assert entry_of(waiting).fields["needs"] == ["food"]


def test_returned_it_may_be_mended_and_sent_again(cast, waiting):
    decide(waiting, False, words="去过刘大爷家没有？", by=cast.director, at=clock.now())
    session.commit()
    mended = entry("visit", cast.elder, via="page", id=waiting.entry_id, outcome="well")
    [answer] = receive([mended], by=cast.worker)
    assert answer.state == "kept"
    assert session.get(Receipt, waiting.entry_id).state == "kept"


def test_a_word_is_needed_to_return_it(cast, waiting):
    with pytest.raises(Refused, match="退回要写一句原因"):
        decide(waiting, False, words="  ", by=cast.director, at=clock.now())


def test_it_is_decided_once(cast, waiting):
    decide(waiting, True, by=cast.director, at=clock.now())
    with pytest.raises(Refused, match="已经定夺过了"):
        decide(waiting, False, words="不", by=cast.director, at=clock.now())
    assert session.query(Record).filter_by(kind="visit").count() == 1


def test_what_cannot_be_kept_as_it_stands_says_why_and_waits(cast):
    written = entry("test", cast.sibling, via="phone", outcome="sampled")
    receive([written], by=cast.worker)
    receipt = session.get(Receipt, written.id)
    with pytest.raises(Refused, match="没有在管的黄码档案"):
        decide(receipt, True, by=cast.director, at=clock.now())
    assert receipt.state == "held"


def test_two_bodies_under_one_id_can_both_become_records(cast):
    first = entry("visit", cast.elder, via="phone", outcome="well")
    second = entry("visit", cast.elder, via="phone", id=first.id, outcome="unwell")
    receive([first, second], by=cast.worker)
    [held] = held_in(cast.home.id)
    record = decide(held, True, by=cast.director, at=clock.now())
    assert record.id != first.id and record.outcome == "unwell"
