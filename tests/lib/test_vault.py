"""What was handed in lies sealed, for its owner alone, and not for long."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest

from app.lib import clock, vault
from app.lib.crypto import Keyring, use

SECRET = "140106199001011234 张一"


@pytest.fixture
def folder(tmp_path):
    use(Keyring(b"a key for tests only, never for people"))
    vault.use(tmp_path / "uploads")
    return tmp_path / "uploads"


def test_only_its_owner_reads_it(folder):
    kept = vault.keep(SECRET, "user:1")
    assert vault.read(kept, "user:1") == SECRET
    assert vault.read(kept, "user:2") is None
    assert vault.read(uuid4(), "user:1") is None


def test_nothing_of_it_can_be_read_on_the_disk(folder):
    vault.keep(SECRET, "user:1")
    (file,) = folder.iterdir()
    assert SECRET.encode() not in file.read_bytes() and b"140106" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_put_in_another_s_place_does_not_open(folder):
    first, second = vault.keep("one", "user:1"), vault.keep("two", "user:1")
    (folder / f"{first}.sealed").replace(folder / f"{second}.sealed")
    assert vault.read(second, "user:1") is None


def test_it_is_taken_once_until_something_is_put_back(folder):
    kept = vault.keep("one", "user:1")
    assert vault.take(kept, "user:2") is None
    assert vault.take(kept, "user:1") == "one"
    assert vault.take(kept, "user:1") is None
    assert vault.is_taken(kept, "user:1") and not vault.is_taken(kept, "user:2")
    vault.put(kept, "two", "user:1")
    assert vault.read(kept, "user:1") == "two" and not vault.is_taken(kept, "user:1")


def test_what_is_dropped_or_old_is_gone(folder):
    dropped, old, young = (vault.keep("x", "user:1") for _ in range(3))
    vault.drop(dropped, "user:1")
    yesterday = (clock.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(folder / f"{old}.sealed", (yesterday, yesterday))
    assert vault.drop_older_than(clock.now() - timedelta(days=1)) == 1
    assert [file.stem for file in folder.iterdir()] == [str(young)]
