"""Entries in, receipts out, nothing lost and nothing twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain import days
from app.domain.events import Event
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake import KINDS, visit
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.sync.body import unpacked
from app.sync.inbox import receive
from tests.intake.telling import entry


def well(cast, **told):
    return entry("visit", cast.elder, via="phone", **{"outcome": "well"} | told)


def states(answers) -> list[str]:
    return [answer.state for answer in answers]


def visits() -> int:
    return session.query(Record).filter_by(kind="visit").count()


def test_what_was_kept_is_there_after_the_answer(cast):
    written = well(cast)
    [answer] = receive([written], by=cast.worker)
    session.rollback()
    receipt = session.get(Receipt, written.id)
    assert (answer.state, answer.record.id) == ("kept", written.id)
    assert (receipt.state, receipt.record_id, receipt.body) == ("kept", written.id, None)


def test_a_double_tap_is_kept_once(cast):
    written = well(cast)
    assert states(receive([written, written], by=cast.worker)) == ["kept", "already"]
    again = receive([written], by=cast.worker)[0]
    assert (again.state, again.record.id) == ("already", written.id)
    assert visits() == 1


def test_a_resend_hears_the_same_word_again(cast):
    receive([well(cast)], by=cast.worker)
    second = well(cast)
    [first_answer] = receive([second], by=cast.director)
    [again] = receive([second], by=cast.director)
    assert str(first_answer.why) == str(again.why)
    assert str(again.why).startswith("李娜")


def test_the_same_id_with_another_body_is_held_and_both_are_there(cast):
    written = well(cast)
    other = replace(written, fields={"outcome": "unwell"})
    receive([written], by=cast.worker)
    [answer] = receive([other], by=cast.worker)
    assert answer.state == "held" and "两份不同的内容" in str(answer.why)
    [held] = session.query(Receipt).filter_by(state="held")
    assert unpacked(held).fields == {"outcome": "unwell"}
    assert visits() == 1


def test_however_often_it_comes_it_is_held_once(cast):
    written = well(cast)
    other = replace(written, fields={"outcome": "unwell"})
    receive([written, other, other], by=cast.worker)
    assert states(receive([other, written], by=cast.worker)) == ["held", "already"]
    assert session.query(Receipt).count() == 2


def test_the_same_id_from_somebody_else_is_not_hers(cast):
    written = well(cast)
    receive([written], by=cast.worker)
    assert states(receive([written], by=cast.director)) == ["held"]


def test_a_bad_one_undoes_none_of_its_neighbours(cast):
    bad = entry("test", cast.yellow, via="phone", outcome="eaten")
    batch = [well(cast), bad, entry("test", cast.yellow, via="phone", outcome="sampled")]
    answers = receive(batch, by=cast.worker)
    assert states(answers) == ["kept", "refused", "kept"]
    assert [str(word) for word in answers[1].fields["outcome"]] == ["请从列表里选。"]


def test_what_was_refused_is_kept_whole_for_its_author(cast):
    bad = well(cast, note="长" * 3000)
    receive([bad], by=cast.worker)
    receipt = session.get(Receipt, bad.id)
    assert receipt.state == "refused"
    assert unpacked(receipt).fields["note"] == "长" * 3000
    assert "长" not in receipt.body_sealed
    assert receipt.field_errors["note"][0]["values"] == {"most": 2000, "now": 3000}


def test_refused_on_a_page_it_stands_in_the_form_itself(cast):
    bad = replace(well(cast, outcome="?"), via="page")
    assert states(receive([bad], by=cast.worker)) == ["refused"]
    assert session.get(Receipt, bad.id) is None


def test_mended_it_comes_again_under_its_id_and_is_kept(cast):
    bad = well(cast, outcome="?")
    receive([bad], by=cast.worker)
    assert states(receive([bad], by=cast.worker)) == ["refused"]
    mended = replace(bad, fields={"outcome": "well"})
    assert states(receive([mended, mended], by=cast.worker)) == ["kept", "already"]
    assert session.get(Receipt, bad.id).state == "kept"
    assert visits() == 1


def test_a_resident_of_another_grid_waits_for_the_director(cast):
    written = entry("test", cast.sibling, via="phone", outcome="sampled")
    [answer] = receive([written], by=cast.worker)
    assert answer.state == "held"
    assert session.get(Receipt, written.id).state == "held"
    assert session.query(Event).filter_by(kind="entry_held").count() == 1
    assert states(receive([written], by=cast.worker)) == ["held"]


def test_a_fault_of_ours_holds_the_entry_and_says_so(cast, monkeypatch):
    def trip(*_args):
        raise ZeroDivisionError

    broken = replace(visit.KIND, keep=trip)
    monkeypatch.setitem(KINDS, "visit", broken)
    batch = [well(cast), entry("test", cast.yellow, via="phone", outcome="sampled")]
    answers = receive(batch, by=cast.worker)
    assert states(answers) == ["held", "kept"]
    assert "内容已原样保留" in str(answers[0].why)


def test_without_a_database_nothing_is_answered(cast, monkeypatch):
    def trip(*_args):
        raise OperationalError("insert", {}, Exception(N_("disk full")))

    broken = replace(visit.KIND, keep=trip)
    monkeypatch.setitem(KINDS, "visit", broken)
    with pytest.raises(OperationalError):
        receive([well(cast)], by=cast.worker)


def test_who_comes_second_in_the_same_moment_is_told(cast, monkeypatch):
    def trip(*_args):
        raise IntegrityError("insert", {}, Exception("uq_cases_one_open"))

    broken = replace(visit.KIND, keep=trip)
    monkeypatch.setitem(KINDS, "visit", broken)
    [answer] = receive([well(cast)], by=cast.worker)
    assert answer.state == "refused" and "刚才有人同时登记了" in str(answer.why)


def test_late_records_of_a_closed_day_are_counted(cast):
    yesterday = clock.today() - timedelta(days=1)
    days.close_day(cast.home.id, yesterday, sums={}, report="", by=cast.director, at=clock.now())
    receive([replace(well(cast), recorded_at=clock.at(yesterday, 20))], by=cast.worker)
    assert days.closing_of(cast.home.id, yesterday).late_records == 1
