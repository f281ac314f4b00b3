"""A photo on the disk: sealed, whole or not there, and never another's in its place."""

import errno
import os
from datetime import timedelta
from uuid import uuid4

import pytest

from app.lib import album, clock
from app.lib.crypto import Keyring, use

SHA = "ab" * 32
PICTURE = b"\xff\xd8\xff\xe0 canary " * 50


@pytest.fixture
def folder(tmp_path):
    use(Keyring(b"a key for tests only, never for people"))
    album.use(tmp_path / "data" / "photos")
    return tmp_path / "data" / "photos"


def files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_is_read_again(folder):
    uid = uuid4()
    album.put(SHA, uid, PICTURE)
    assert album.read(SHA, uid) == PICTURE and album.has(SHA, uid)
    album.drop(SHA, uid)
    assert album.read(SHA, uid) is None and files(folder) == []


def test_nothing_of_it_can_be_read_on_the_disk_or_by_others(folder):
    album.put(SHA, uuid4(), PICTURE)
    (file,) = files(folder)
    raw = file.read_bytes()
    assert b"canary" not in raw and b"\xff\xd8\xff" not in raw
    assert len(raw) < len(PICTURE) + 60
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(part.stat().st_mode & 0o777 == 0o700 for part in (file.parent, folder))


def test_a_photo_put_in_another_s_place_does_not_open(folder):
    one, other = uuid4(), uuid4()
    album.put(SHA, one, PICTURE)
    album.put(SHA, other, b"other")
    (folder / "ab" / f"{SHA}.{one.hex}").replace(folder / "ab" / f"{SHA}.{other.hex}")
    assert album.read(SHA, other) is None


def test_with_another_key_it_does_not_open(folder):
    uid = uuid4()
    album.put(SHA, uid, PICTURE)
    use(Keyring(b"another key for tests only, never for people"))
    assert album.read(SHA, uid) is None


def test_file_and_folders_are_on_the_disk_before_it_is_acknowledged(folder, monkeypatch):
    synced = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(os.readlink(f"/proc/self/fd/{handle}"))
    )
    uid = uuid4()
    album.put(SHA, uid, PICTURE)
    file = folder / "ab" / f"{SHA}.{uid.hex}"
    assert [str(path) for path in (file, file.parent)] == synced[-2:]
    assert {str(folder), str(folder.parent)} <= set(synced)


@pytest.mark.parametrize("wrong", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_no_half_photo(folder, monkeypatch, wrong):
    def full(_handle):
        raise OSError(wrong, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(album.DiskFull):
        album.put(SHA, uuid4(), PICTURE)
    assert files(folder) == []


def test_what_is_older_is_told_apart(folder):
    old, new = uuid4(), uuid4()
    for uid in (old, new):
        album.put(SHA, uid, PICTURE)
    past = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(folder / "ab" / f"{SHA}.{old.hex}", (past, past))
    assert list(album.folders_older_than(clock.now() - timedelta(days=1))) == [[(SHA, old)]]
