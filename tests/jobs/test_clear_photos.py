"""Photos of records stay; what nothing names goes after its time, rows first, then files."""

import os
from datetime import timedelta
from pathlib import Path

from app import jobs
from app.domain import photos
from app.domain.photos import NamedPhoto, Photo
from app.domain.records import Record
from app.lib import album, clock
from app.lib.db import session
from app.sync.inbox import receive
from tests.intake.telling import entry
from tests.lib.pictures import encoded, noise, two_halves
from tests.photos import arrived, files, kept, put, sha_of, visit

LONG_AFTER = timedelta(days=91)


def clear(folder: Path, after: timedelta) -> int:
    """Run the job so long after everything came; the disk has a clock of its own."""
    for path in files(folder):
        os.utime(path, (clock.now().timestamp(),) * 2)
    with clock.stopped_at(clock.now() + after):
        done = jobs.clear_photos()
        session.commit()
    return done


def test_a_photo_that_nothing_has_named_goes_after_ninety_days(client_of, cast, photo_folder):
    put(client_of(cast.worker), encoded(two_halves()))
    assert clear(photo_folder, timedelta(days=89)) == 0 and len(kept()) == 1
    clear(photo_folder, LONG_AFTER)
    assert kept() == []
    clear(photo_folder, LONG_AFTER + timedelta(days=1))
    assert files(photo_folder) == []


def test_photos_of_records_and_of_waiting_entries_stay(client_of, cast, photo_folder):
    client, one, two = client_of(cast.worker), encoded(two_halves()), encoded(noise())
    put(client, one)
    put(client, two)
    waits = entry("test", cast.sibling, via="phone", photos=(sha_of(two),), outcome="sampled")
    receive([visit(cast, sha_of(one)), waits], by=cast.worker)
    assert [clear(photo_folder, LONG_AFTER) for _time in range(2)] == [0, 0]
    assert len(kept()) == len(files(photo_folder)) == 2


def test_what_names_a_photo_goes_with_what_it_belonged_to(cast, photo_folder):
    photos.name(visit(cast).id, ["a" * 64], by=cast.worker)
    session.commit()
    assert clear(photo_folder, timedelta(0)) == 1
    assert session.query(NamedPhoto).count() == 0


def test_a_file_that_is_just_being_received_is_left_alone(cast, photo_folder):
    photo = Photo(sha="ab" * 32)
    album.put(photo.sha, photo.uid, b"not noted yet")
    clear(photo_folder, timedelta(hours=1))
    assert len(files(photo_folder)) == 1
    clear(photo_folder, timedelta(days=2))
    assert files(photo_folder) == []


def test_a_kept_record_is_untouched_by_a_photo_that_never_comes(cast, photo_folder):
    told = visit(cast, "c" * 64)
    receive([told], by=cast.worker)
    clear(photo_folder, LONG_AFTER)
    assert session.get(Record, told.id) and arrived(told.id) == [False]
