"""Handing in photos as a phone does, and looking at what lies on the disk."""

from hashlib import sha256
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.domain import photos
from app.domain.photos import Photo
from app.intake.accept import Entry
from app.lib.db import session
from tests.cast import Cast
from tests.intake.telling import entry


def sha_of(sent: bytes) -> str:
    return sha256(sent).hexdigest()


def put(client: FlaskClient, sent: bytes, sha: str | None = None) -> TestResponse:
    """What the phone does before it sends the entry."""
    url = f"/sync/photos/{sha or sha_of(sent)}"
    return client.put(url, data=sent, headers={"Content-Type": "image/jpeg"})


def visit(cast: Cast, *shas: str, **told: object) -> Entry:
    """An elder's visit that names these photos."""
    told = {"outcome": "well", "way": "door", "via": "phone"} | told
    return entry("visit", cast.elder, photos=shas, **told)


def kept() -> list[Photo]:
    session.expire_all()
    return list(session.scalars(select(Photo).order_by(Photo.id)))


def arrived(record_id: object) -> list[bool]:
    """Of each photo that a record names: whether it is there."""
    session.expire_all()
    return [shown.photo is not None for shown in photos.shown_on([record_id])[record_id]]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
