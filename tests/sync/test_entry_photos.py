"""An entry names its photos, before or after they arrive; kept, held, mended; her own only."""

from dataclasses import replace

import pytest

from app.domain import photos
from app.domain.receipts import receipt_of
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id, read_id
from app.sync.held import decide
from app.sync.inbox import receive
from tests.intake.telling import entry, tell
from tests.lib.pictures import encoded, noise, two_halves
from tests.photos import arrived, put, sha_of, visit


def test_an_entry_shows_the_photos_that_were_sent_before_it(client_of, cast):
    client, one, two = client_of(cast.worker), encoded(two_halves()), encoded(noise())
    put(client, one)
    put(client, two)
    told = visit(cast, sha_of(two), sha_of(one))
    assert receive([told], by=cast.worker)[0].state == "kept"
    shown = photos.shown_on([told.id])[told.id]
    assert [one.sha for one in shown] == [sha_of(two), sha_of(one)] and all(s.photo for s in shown)


def test_a_photo_may_come_after_its_entry(client_of, cast):
    sent = encoded(two_halves())
    told = visit(cast, sha_of(sent))
    assert receive([told], by=cast.worker)[0].state == "kept"
    assert arrived(told.id) == [False]
    put(client_of(cast.worker), sent)
    assert arrived(told.id) == [True]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (None, []),
        ("a" * 64, []),
        ({"sha": "a" * 64}, []),
        ([None, 1, [], "..", "A" * 64, "a" * 63, "a" * 64], ["a" * 64]),
        (["b" * 64, "a" * 64, "b" * 64], ["b" * 64, "a" * 64]),
        ([f"{n:064x}" for n in range(9)], [f"{n:064x}" for n in range(6)]),
    ],
    ids=["none", "text", "object", "rubbish", "twice", "many"],
)
def test_however_a_phone_names_them_the_entry_is_kept(client_of, cast, told, named):
    sent = {"id": str(new_id()), "kind": "visit", "recorded_at": clock.now().isoformat()}
    sent |= {"subject": {"resident_id": cast.elder.id}, "photos": told}
    sent |= {"fields": {"outcome": "well", "way": "door"}}
    answer = client_of(cast.worker).post("/sync", json={"entries": [sent]})
    (receipt,) = answer.json["receipts"]
    record_id = read_id(receipt["id"])
    assert receipt["state"] == "kept"
    assert [one.sha for one in photos.shown_on([record_id])[record_id]] == named


def test_a_resend_is_known_by_its_photos_too(cast):
    told = visit(cast, "a" * 64)
    other = replace(told, photos=("b" * 64,))
    answers = receive([told, replace(told), other], by=cast.worker)
    assert [answer.state for answer in answers] == ["kept", "already", "held"]


def test_nobody_shows_another_s_photo_by_guessing_its_hash(client_of, cast):
    sent = encoded(two_halves())
    put(client_of(cast.colleague), sent)
    told = visit(cast, sha_of(sent))
    receive([told], by=cast.worker)
    assert arrived(told.id) == [False]
    assert put(client_of(cast.worker), sent).status_code == 201  # she has the same picture herself
    assert arrived(told.id) == [True]


def test_a_held_entry_keeps_its_photos_for_the_director_s_decision(client_of, cast):
    sent = encoded(two_halves())
    put(client_of(cast.worker), sent)
    tell("elder_roll", cast.sibling, by=cast.director, reason="lone")
    told = entry("visit", cast.sibling, via="phone", photos=(sha_of(sent),), outcome="well")
    assert receive([told], by=cast.worker)[0].state == "held"
    record = decide(receipt_of(told.id), True, by=cast.director, at=clock.now())
    session.commit()
    assert record.by_id == cast.worker.id and arrived(record.id) == [True]


def test_a_mended_entry_shows_the_photos_it_names_now(cast):
    wrong = visit(cast, "a" * 64, "b" * 64, outcome="?")
    mended = visit(cast, "b" * 64, id=wrong.id)
    assert receive([wrong], by=cast.worker)[0].state == "refused"
    assert len(arrived(wrong.id)) == 2
    assert receive([mended], by=cast.worker)[0].state == "kept"
    assert [one.sha for one in photos.shown_on([wrong.id])[wrong.id]] == ["b" * 64]


def test_a_director_s_correction_shows_the_worker_s_photo(client_of, cast):
    sent = encoded(two_halves())
    put(client_of(cast.worker), sent)
    told = visit(cast, sha_of(sent))
    receive([told], by=cast.worker)
    better = visit(cast, sha_of(sent), outcome="needs", subject={"supersedes": str(told.id)})
    assert receive([better], by=cast.director)[0].state == "kept"
    assert arrived(better.id) == [True]
