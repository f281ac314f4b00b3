"""What a phone sent, read as entries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.intake.accept import Entry
from app.lib import clock
from app.lib.refusal import Refused
from app.sync.reading import Unreadable, read_batch
from tests.cast import MORNING
from tests.offline.sizes import size

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def message(*entries, **more) -> dict:
    return {"device": str(uuid4()), "sent_at": MORNING.isoformat(), "entries": list(entries)} | more


def written(**changed) -> dict:
    told = {
        "id": str(uuid4()),
        "kind": "visit",
        "recorded_at": (MORNING - timedelta(hours=3)).isoformat(),
        "subject": {"resident_id": 1},
        "fields": {"outcome": "well"},
        "photos": [],
    }
    return told | changed


def read(*entries, **more) -> list:
    return read_batch(message(*entries, **more), at=MORNING)


def test_an_entry_is_read_as_it_was_written():
    told = written()
    [entry] = read(told)
    assert str(entry.id) == told["id"] and entry.via == "phone"
    assert (entry.kind, entry.subject, entry.fields) == (
        "visit",
        {"resident_id": 1},
        {"outcome": "well"},
    )
    assert entry.recorded_at == MORNING - timedelta(hours=3)


@pytest.mark.parametrize("whole", [None, [], "x", {}, {"entries": {}}, {"entries": None}])
def test_what_is_no_message(whole):
    with pytest.raises(Refused, match="没有看懂"):
        read_batch(whole, at=MORNING)


def test_five_hundred_at_a_time():
    assert len(read(*[written()] * 500)) == 500
    with pytest.raises(Refused, match="一次最多送 500 条"):
        read(*[written()] * 501)


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "visit",
        written(id="17"),
        written(id=None),
        written(recorded_at="yesterday"),
        written(recorded_at="2022-10-06T09:00"),
        written(fields=["well"]),
        written(subject="1"),
    ],
)
def test_what_is_no_entry_is_answered_beside_its_neighbours(bad):
    first, second = read(bad, written())
    assert isinstance(first, Unreadable) and isinstance(second, Entry)


@pytest.mark.parametrize("hours", [-30, -2, 2, 24 * 365])
def test_a_wrong_clock_is_set_right_by_what_it_showed_when_it_sent(hours):
    wrong = timedelta(hours=hours)
    told = written(recorded_at=(MORNING - timedelta(hours=3) + wrong).isoformat())
    [entry] = read(told, sent_at=(MORNING + wrong).isoformat())
    assert entry.recorded_at == MORNING - timedelta(hours=3)


def test_a_few_seconds_on_the_way_are_no_wrong_clock():
    told = written(recorded_at=(MORNING - timedelta(hours=3)).isoformat())
    [entry] = read(told, sent_at=(MORNING - timedelta(seconds=40)).isoformat())
    assert entry.recorded_at == MORNING - timedelta(hours=3)


def test_nothing_is_from_the_future_and_nothing_from_before_there_were_phones():
    ahead = written(recorded_at=(MORNING + timedelta(hours=5)).isoformat())
    never_set = written(recorded_at="1970-01-01T00:00:10+00:00")
    first_day = written(recorded_at="0001-01-01T00:00:00+00:00")
    for told in (ahead, never_set, first_day):
        assert read(told, sent_at=None)[0].recorded_at == MORNING


def test_a_clock_that_was_never_set_is_known_by_what_it_showed():
    told = written(recorded_at="1970-01-01T00:10:00+00:00")
    [entry] = read(told, sent_at="1970-01-01T03:10:00+00:00")
    assert entry.recorded_at == MORNING - timedelta(hours=3)


@settings(max_examples=size(100, 500), deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY, st.lists(ANY | st.builds(written, id=ANY, recorded_at=ANY, fields=ANY)), ANY)
def test_anything_is_read_or_refused(whole, entries, sent_at):
    for told in (whole, message(*entries, sent_at=sent_at)):
        try:
            batch = read_batch(told, at=clock.now())
        except Refused:
            continue
        assert all(isinstance(one, Entry | Unreadable) for one in batch)
