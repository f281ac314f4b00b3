"""Files that people handed in, kept sealed on the disk until they are used or a day has passed.

A file has a random id for its name. The seal is bound to the id and to the
owner, so that another account, or a file put in another's place, does not open.
"""

import os
import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from app.lib.crypto import SealBroken, keyring

_folder: Path | None = None


def use(folder: Path) -> None:
    """Set the folder of this process (create_app does)."""
    global _folder
    _folder = folder


def keep(text: str, owner: str) -> UUID:
    """Seal `text` for `owner` (e.g. ``user:7``) under a new id."""
    file_id = uuid4()
    put(file_id, text, owner)
    return file_id


def put(file_id: UUID, text: str, owner: str) -> None:
    """Seal `text` under an id; whoever reads meanwhile sees the old text or the new one."""
    path = _path(file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(keyring().seal(text, _place(file_id, owner)))
    written.replace(path)
    _taken(file_id).unlink(missing_ok=True)


def read(file_id: UUID, owner: str) -> str | None:
    """What was kept; None where there is nothing of this owner."""
    return _opened(_path(file_id), file_id, owner)


def take(file_id: UUID, owner: str) -> str | None:
    """What was kept, for one taker only: the second finds nothing until something is put back."""
    kept = read(file_id, owner)
    try:
        if kept is not None:
            _path(file_id).rename(_taken(file_id))
    except FileNotFoundError:
        return None
    return kept


def is_taken(file_id: UUID, owner: str) -> bool:
    """Whether somebody took it and has put nothing back yet."""
    return _opened(_taken(file_id), file_id, owner) is not None


def drop(file_id: UUID, owner: str) -> None:
    """Delete what this owner kept."""
    if read(file_id, owner) is not None:
        _path(file_id).unlink(missing_ok=True)


def drop_older_than(moment: datetime) -> int:
    """Delete everything that was kept before `moment`; returns how many files."""
    kept = _folder.iterdir() if _folder and _folder.exists() else ()
    old = [path for path in kept if path.stat().st_mtime < moment.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _opened(path: Path, file_id: UUID, owner: str) -> str | None:
    try:
        return keyring().open(path.read_text(), _place(file_id, owner))
    except (FileNotFoundError, SealBroken):
        return None


def _path(file_id: UUID) -> Path:
    if _folder is None:
        raise RuntimeError("no folder for uploads: create_app has not run")
    return _folder / f"{file_id}.sealed"


def _taken(file_id: UUID) -> Path:
    return _path(file_id).with_suffix(".taken")


def _place(file_id: UUID, owner: str) -> str:
    return f"uploads:{file_id}:{owner}"
