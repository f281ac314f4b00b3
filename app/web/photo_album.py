"""Photos as pages show them: a list of thumbnails, and the picture behind each.

A picture is sent only to who may see the record that names it; no cache keeps it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, make_response, request, url_for
from werkzeug.wrappers import Response

from app.domain.photos import Photo, Shown, shown_on
from app.lib import album
from app.lib.pictures import thumbnail


@dataclass(frozen=True, slots=True)
class Thumb:
    """One photo on a page; without an address it has not arrived yet."""

    sha: str
    url: str = ""
    width: int = 0
    height: int = 0

    @property
    def small(self) -> str:
        return f"{self.url}?small=1"


def thumbs(shown: Iterable[Shown], endpoint: str, **ids: Any) -> list[Thumb]:
    """What a page shows of photos that `endpoint` sends."""
    return [_thumb(one, endpoint, ids) for one in shown]


def record_thumbs(record_id: UUID) -> list[Thumb]:
    """What a page shows of a record's photos."""
    return thumbs(shown_on([record_id])[record_id], "records.photo", record_id=record_id)


def picture(photo: Photo | None) -> Response:
    """The photo itself, or its thumbnail (``?small``); 404 where there is none."""
    jpeg = album.read(photo.sha, photo.uid) if photo else None
    if jpeg is None:
        abort(404)
    response = make_response(thumbnail(jpeg) if "small" in request.args else jpeg)
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline; filename=photo.jpg"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _thumb(one: Shown, endpoint: str, ids: dict[str, Any]) -> Thumb:
    if one.photo is None:
        return Thumb(one.sha)
    url = url_for(endpoint, sha=one.sha, **ids)
    return Thumb(one.sha, url, one.photo.width, one.photo.height)
