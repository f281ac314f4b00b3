"""Photos on the disk: sealed, each named by the hash of what was sent and an id of its own.

A file is there, and so is its name in the folder, before anything is answered: a
power cut takes nothing that was acknowledged. The id is never used twice, so a file
that no table names can be removed without a race against one that is just written.
"""

import errno
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.lib.crypto import SealBroken, keyring

NAME = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{32}")
FULL = (errno.ENOSPC, errno.EDQUOT)

_folder: Path | None = None


class DiskFull(Exception):
    """There is no room for another photo."""


def use(folder: Path) -> None:
    """Set the folder of this process (create_app does)."""
    global _folder
    _folder = folder


def put(sha: str, uid: UUID, picture: bytes) -> None:
    """Seal a picture onto the disk; DiskFull where there is no room, and nothing is left of it."""
    path = _path(sha, uid)
    try:
        _make(path.parent)
        _write(path, keyring().seal_bytes(picture, _place(sha, uid)))
    except OSError as wrong:
        path.unlink(missing_ok=True)
        if wrong.errno in FULL:
            raise DiskFull from wrong
        raise


def read(sha: str, uid: UUID) -> bytes | None:
    """The picture as it was put; None where there is none, or another stands in its place."""
    try:
        return keyring().open_bytes(_path(sha, uid).read_bytes(), _place(sha, uid))
    except (FileNotFoundError, SealBroken):
        return None


def has(sha: str, uid: UUID) -> bool:
    """Whether there is a file of this photo."""
    return _path(sha, uid).exists()


def drop(sha: str, uid: UUID) -> None:
    """Delete a photo; nothing happens where there is none."""
    _path(sha, uid).unlink(missing_ok=True)


def folders_older_than(moment: datetime) -> Iterator[list[tuple[str, UUID]]]:
    """Folder by folder, the photos that were put there before `moment`."""
    for folder in sorted(_root().glob("??")):
        ours = (path for path in folder.iterdir() if NAME.fullmatch(path.name))
        yield [_named(path) for path in ours if path.stat().st_mtime < moment.timestamp()]


def _write(path: Path, sealed: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def _make(folder: Path) -> None:
    """The folder, its name on the disk too."""
    if folder.exists():
        return
    if folder != _root():
        _make(folder.parent)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _path(sha: str, uid: UUID) -> Path:
    return _root() / sha[:2] / f"{sha}.{uid.hex}"


def _named(path: Path) -> tuple[str, UUID]:
    sha, _, uid = path.name.partition(".")
    return sha, UUID(hex=uid)


def _root() -> Path:
    if _folder is None:
        raise RuntimeError("no folder for photos: create_app has not run")
    return _folder


def _place(sha: str, uid: UUID) -> str:
    return f"photos:{sha}:{uid}"
