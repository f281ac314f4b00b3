"""A notice reaches whom it is for, and it is known who has read it."""

from datetime import timedelta

import pytest

from app.domain.events import Event
from app.domain.notices import Draft, give_notice, notices_of, remind_before, unread_of
from app.domain.receivers import To
from app.domain.scope import Scope
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.given import told_to
from tests.intake.telling import refusal_of, sentence, tell

TEN = timedelta(hours=2)


def to_workers(cast, **draft):
    draft.setdefault("title", "十点视频培训")
    notice = give_notice(
        Draft(**draft), To("role", ["worker"]), cast.home, by=cast.director, at=clock.now()
    )
    session.flush()
    return notice


def test_it_stands_unread_until_she_says_that_she_has_read_it(cast):
    notice = to_workers(cast)
    assert unread_of(cast.worker) == [notice]
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    session.flush()
    assert unread_of(cast.worker) == []
    assert [(one.title, at) for one, at in notices_of(cast.worker)] == [
        ("十点视频培训", clock.now())
    ]
    assert [reader.user for reader in notice.unread] == [cast.colleague]


def test_said_twice_the_first_time_counts(cast):
    notice = told_to(cast.worker, cast)
    early = clock.now() - timedelta(minutes=5)
    tell("notice_read", by=cast.worker, via="phone", at=early, notice=str(notice.id))
    tell("notice_read", by=cast.worker, via="phone", notice=str(notice.id))
    assert notice.readers[0].read_at == early


def test_what_is_for_others_cannot_be_read_nor_said_to_be(cast):
    notice = told_to(cast.worker, cast)
    for who in (cast.colleague, cast.neighbour):
        assert unread_of(who) == []
        refused = refusal_of("notice_read", by=who, notice=str(notice.id))
        assert sentence(refused) == "没有找到这条通知。"
        assert Scope(who).find(Scope(who).notices, notice.id) is None


def test_a_grids_notice_goes_to_who_works_there(cast):
    notice = give_notice(
        Draft("停水"), To("grids", [cast.grid2.id]), cast.home, by=cast.director, at=clock.now()
    )
    assert [reader.user for reader in notice.readers] == [cast.colleague]


def test_who_has_not_read_is_reminded_and_nobody_else(cast):
    notice = to_workers(cast)
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    assert notice.remind_unread(by=cast.director, at=clock.now()) == 1
    session.flush()
    reminded = session.query(Event).filter_by(kind="notice_reminded").one()
    assert reminded.data == {"notice": notice.id, "to": [cast.colleague.id]}


def test_who_has_left_is_not_waited_for(cast):
    notice = to_workers(cast)
    cast.colleague.active = False
    assert [reader.user for reader in notice.unread] == [cast.worker]


def test_before_it_begins_everybody_is_reminded_once(cast):
    to_workers(cast, starts_at=clock.now() + TEN, remind=timedelta(minutes=15))
    assert remind_before(at=clock.now()) == 0
    soon = clock.now() + TEN - timedelta(minutes=15)
    assert (remind_before(at=soon), remind_before(at=soon)) == (1, 0)
    assert session.query(Event).filter_by(kind="notice_reminded").count() == 1


def test_nobody_is_called_to_what_has_begun(cast):
    to_workers(cast, starts_at=clock.now() + TEN, remind=timedelta(minutes=15))
    assert remind_before(at=clock.now() + TEN + timedelta(minutes=1)) == 1
    assert session.query(Event).filter_by(kind="notice_reminded").count() == 0


def test_what_is_over_is_not_announced(cast):
    with pytest.raises(Refused, match="晚于现在"):
        to_workers(cast, starts_at=clock.now())


def test_withdrawn_it_stands_on_no_list(cast):
    notice = to_workers(cast)
    notice.withdraw(by=cast.director, at=clock.now())
    session.flush()
    assert unread_of(cast.worker) == notices_of(cast.worker) == []


def test_its_words_are_sealed(cast):
    notice = to_workers(cast, words="请戴口罩", link="https://meeting.example/1")
    sealed = (notice.title_sealed, notice.words_sealed, notice.link_sealed)
    assert all(sealed) and "口罩" not in notice.words_sealed
    assert notice.link == "https://meeting.example/1"
