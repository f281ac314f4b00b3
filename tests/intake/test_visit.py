"""Visits to an elder, as a worker tells of them."""

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import entry, refusal_of, sentence, tell, tell_and_hear


def open_visits(case) -> list[Task]:
    rows = session.query(Task).filter_by(case_id=case.id, kind="visit", state="open")
    return rows.all()


def test_one_tap_keeps_a_whole_record_and_moves_the_next_visit(cast):
    was = open_visits(cast.elder_case)
    kept = tell("visit", was[0], by=cast.worker, outcome="well", way="door")
    assert kept.outcome == "well"
    assert kept.fields == {"way": "door", "seen": True, "note": ""}
    assert kept.case_id == cast.elder_case.id
    assert was[0].state == "done"
    assert [task.due_day > clock.today() for task in open_visits(cast.elder_case)] == [True]


def test_a_phone_call_is_no_meeting(cast):
    kept = tell("visit", cast.elder, by=cast.worker, outcome="well", way="phone")
    assert kept.fields["seen"] is False


def test_needs_count_only_where_she_needs_something(cast):
    well = tell("visit", cast.elder, by=cast.worker, outcome="well", needs=["food"])
    assert "needs" not in well.fields
    needs = tell("visit", cast.elder, by=cast.worker, outcome="needs", needs=["food", "food"])
    assert needs.fields["needs"] == ["food"]


def test_it_asks_how_she_is(cast):
    refused = refusal_of("visit", cast.elder, by=cast.worker)
    assert sentence(refused, "outcome") == "这一项要填。"


def test_a_need_that_is_not_on_the_list_is_refused(cast):
    refused = refusal_of("visit", cast.elder, by=cast.worker, outcome="needs", needs=["gold"])
    assert sentence(refused, "needs") == "请从列表里选。"


def test_a_note_of_ten_thousand_characters_is_refused_and_never_cut(cast):
    refused = refusal_of("visit", cast.elder, by=cast.worker, outcome="well", note="安" * 10_000)
    assert sentence(refused, "note") == "最多写 2000 个字，现在有 10000 个，请删减后再保存。"


def test_emoji_rare_characters_and_half_characters_are_kept_as_far_as_they_are_any(cast):
    note = "老人精神好👵🏻，住在𠮷祥里；\ud83d 半个字"
    kept = tell("visit", cast.elder, by=cast.worker, outcome="well", note=note)
    assert kept.fields["note"] == "老人精神好👵🏻，住在𠮷祥里；? 半个字"


def test_somebody_who_is_not_on_the_roll_is_refused_with_the_way_on(cast):
    refused = refusal_of("visit", cast.plain, by=cast.worker, outcome="well")
    assert sentence(refused) == "这位居民不在关爱老人名册里，请先告诉社区负责人。"


def test_the_second_to_visit_on_one_day_hears_of_the_first(cast):
    tell("visit", cast.elder, by=cast.worker, outcome="well")
    second = tell_and_hear("visit", cast.elder, by=cast.director, outcome="needs", needs=["food"])
    assert str(second.notice) == "李娜 1 分钟前已登记过今天的“探访老人”，这次也记下了。"
    assert second.record.outcome == "needs"


def test_the_first_hears_nothing(cast):
    assert tell_and_hear("visit", cast.elder, by=cast.worker, outcome="well").notice is None


def test_a_clock_that_runs_ahead_counts_as_now(cast):
    tomorrow = clock.end_of(clock.today())
    kept = tell("visit", cast.elder, by=cast.worker, at=tomorrow, outcome="well")
    assert kept.at == clock.now()


def test_the_same_form_is_filled_by_page_and_phone(cast):
    assert entry("visit", cast.elder, via="phone").subject == {"resident_id": str(cast.elder.id)}
