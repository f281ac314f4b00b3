"""Sealing of sensitive columns, and blind indexes to find them again.

Every ciphertext names its algorithm and key, and is bound to its place (table,
row, column), so that swapping two rows' ciphertexts does not open. The blind
index is a keyed hash: equal values match, the value itself is not stored.
The master key comes from a file or the environment (see app/config.py); in
production it lies outside the data folder.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = "a1"  # AES-256-GCM, 96-bit random nonce
NONCE = 12
AS_JSON = json.JSONEncoder(ensure_ascii=False, default=str)


class SealBroken(Exception):
    """The ciphertext was made with another key, for another place, or was changed."""


class Keyring:
    """The keys of one installation, derived from one master key (HKDF-SHA256)."""

    def __init__(self, master: bytes):
        self.key_id = hashlib.sha256(b"key id" + master).hexdigest()[:8]
        self._mark = f"{ALGORITHM}.{self.key_id}.".encode()
        self._cipher = AESGCM(_derive(master, b"seal"))
        self._index_key = _derive(master, b"index")
        self._phones_key = _derive(master, b"phones")
        self.cookie_key = _derive(master, b"cookie").hex()

    def seal(self, text: str, place: str) -> str:
        """Encrypt `text` for `place`, e.g. ``residents:018f…:phone``."""
        nonce = secrets.token_bytes(NONCE)
        body = self._cipher.encrypt(nonce, text.encode(), place.encode())
        return f"{ALGORITHM}.{self.key_id}.{base64.b64encode(nonce + body).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Decrypt what `seal` made for the same place; SealBroken otherwise."""
        try:
            algorithm, key_id, body = sealed.split(".")
            raw = base64.b64decode(body)
            if (algorithm, key_id) != (ALGORITHM, self.key_id):
                raise SealBroken(f"sealed with {algorithm}.{key_id}")
            return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError) as broken:
            raise SealBroken(place) from broken

    def seal_bytes(self, raw: bytes, place: str) -> bytes:
        """The same of bytes, for a file: as many bytes and a little more."""
        nonce = secrets.token_bytes(NONCE)
        return self._mark + nonce + self._cipher.encrypt(nonce, raw, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what `seal_bytes` made for the same place; SealBroken otherwise."""
        mark, body = sealed[: len(self._mark)], sealed[len(self._mark) :]
        if mark != self._mark:
            raise SealBroken(place)
        try:
            return self._cipher.decrypt(body[:NONCE], body[NONCE:], place.encode())
        except (InvalidTag, ValueError) as broken:
            raise SealBroken(place) from broken

    def index(self, value: str, field: str) -> str:
        """The blind index of `value` in `field` (HMAC-SHA256, 128 bits)."""
        message = f"{field}:{value}".encode()
        return hmac.digest(self._index_key, message, "sha256").hex()[:32]

    def phone_secret(self, purpose: str, owner: str, size: int = 32) -> bytes:
        """A secret of one person's phones: the same on each of hers, another for everybody."""
        return _derive(self._phones_key, f"{purpose} {owner}".encode(), size)


def _derive(master: bytes, purpose: bytes, size: int = 32) -> bytes:
    return HKDF(hashes.SHA256(), size, salt=None, info=b"shouwang " + purpose).derive(master)


_keyring: Keyring | None = None


def use(keyring: Keyring) -> None:
    """Set the keys of this process (create_app does)."""
    global _keyring
    _keyring = keyring


def keyring() -> Keyring:
    if _keyring is None:
        raise RuntimeError("no keys: create_app has not run")
    return _keyring


class Sealed:
    """A model attribute kept encrypted in the column `<name>_sealed`.

    The model needs a `uid` set before the first assignment (see `db.Uid`); the
    place of the seal is table:uid:attribute. Rows that are no objects are sealed and
    opened by the model's attribute itself: ``ListRow.understood.seal(told, uid)``.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner, self.name, self.column = owner, name, f"{name}_sealed"

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        stored = getattr(row, self.column)
        # A page or an import reads the same cell again and again: it is opened once.
        opened = row.__dict__.get(self.column + "_opened")
        if stored and (opened is None or opened[0] != stored):
            opened = (stored, keyring().open(stored, self._place(row.uid)))
            row.__dict__[self.column + "_opened"] = opened
        return self._read(opened[1] if stored else None)

    def __set__(self, row: Any, value: Any) -> None:
        text = self._written(value)
        sealed = text and keyring().seal(text, self._place(row.uid))
        setattr(row, self.column, sealed)
        row.__dict__[self.column + "_opened"] = (sealed, text)

    def seal(self, value: Any, uid: UUID) -> str | None:
        """What stands in the column of the row with this `uid`."""
        text = self._written(value)
        return text and keyring().seal(text, self._place(uid))

    def open(self, stored: str | None, uid: UUID) -> Any:
        return self._read(keyring().open(stored, self._place(uid)) if stored else None)

    def _place(self, uid: UUID) -> str:
        return f"{self.owner.__tablename__}:{uid}:{self.name}"

    def _written(self, value: Any) -> str | None:
        return None if value in (None, "") else str(value)

    def _read(self, text: str | None) -> Any:
        return text


class SealedJson(Sealed):
    """The same of anything JSON can say; nothing at all is read as an empty dictionary."""

    def _written(self, value: Any) -> str | None:
        return AS_JSON.encode(value) if value else None

    def _read(self, text: str | None) -> Any:
        return {} if text is None else json.loads(text)
