"""The photos of a form that posts by itself: kept with the post, from then on named by hash.

A form that comes back (something else is wrong) has them already, and need not ask
for them again: they stand in it as thumbnails, each with its hash.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from app.domain import photos
from app.domain.photos import MOST_PHOTOS, Shown
from app.lib.album import DiskFull
from app.lib.pictures import MOST_SENT_BYTES, NoPicture, Picture, drawn_anew
from app.lib.words import Say, say
from app.sync.photos import keep
from app.sync.reading import hashes
from app.web.edge import keep_anyway, let_go
from app.web.person import me
from app.web.photo_album import Thumb, thumbs
from app.web.records.asked import Asked

# The field of those that are kept already, and of those that are just handed in.
KEPT, NEW = "photo", "photos"
MOST_BYTES = (MOST_PHOTOS + 1) * MOST_SENT_BYTES

NO_ROOM = say("服务器存不下照片了。可以先不带照片保存，并告诉管理员。")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The hashes of a posted form's photos, and why not all of them were taken."""

    hashes: tuple[str, ...]
    why: Say | None = None


def handed_in() -> HandedIn:
    """Keep what was posted along with the form."""
    if request.mimetype != "multipart/form-data":
        return HandedIn(hashes(request.form.getlist(KEPT)))
    let_go()  # photos may take a minute to arrive
    request.max_content_length = MOST_BYTES
    named = request.form.getlist(KEPT)[:MOST_PHOTOS]
    files = [file for file in request.files.getlist(NEW) if file.filename]
    pictures, why = _drawn(files[: MOST_PHOTOS - len(named)])
    if len(named) + len(files) > MOST_PHOTOS:
        why = say("最多 %(most)s 张照片，多出的没有收下，其余的都在。", most=MOST_PHOTOS)
    return _kept(named, pictures, why)


def photos_of(fields: Any) -> tuple[str, ...]:
    """The photos that stand in a form that was left half-filled."""
    return hashes(fields.getlist(KEPT))


def lost_photos(fields: Any) -> bool:
    """Whether photos were chosen that nobody kept: the form was left before it was saved."""
    return bool(fields.getlist(NEW))


def corrected(asked: Asked) -> tuple[str, ...]:
    """The photos of the record that is corrected: the new one shows them too."""
    return tuple(one.sha for one in _of_corrected(asked))


def shown_in(asked: Asked, named: Iterable[str]) -> list[Thumb]:
    """The thumbnails in a form: of the record that is corrected, and of her own."""
    old = {one.sha: one for one in _of_corrected(asked)}
    return [_thumb(sha, old.get(sha)) for sha in named]


def _thumb(sha: str, old: Shown | None) -> Thumb:
    if old is not None:
        return thumbs([old], "records.photo", record_id=old.record_id)[0]
    return thumbs([Shown(None, sha, photos.photo_of(sha, me()))], "records.own_photo")[0]


def _drawn(files: list[FileStorage]) -> tuple[list[Picture], Say | None]:
    """Each as one of ours; of those that cannot be, why the last cannot."""
    pictures, why = [], None
    for n, file in enumerate(files, 1):
        try:
            pictures.append(drawn_anew(file.read()))
        except NoPicture as refused:
            why = say("第 %(n)s 张照片没有收下：%(why)s", n=n, why=refused.why)
    return pictures, why


def _kept(named: list[str], pictures: list[Picture], why: Say | None) -> HandedIn:
    if pictures:
        keep_anyway()  # also where the form comes back
    try:
        for picture in pictures:
            keep(picture, by=me())
    except DiskFull:
        return HandedIn(hashes(named), NO_ROOM)
    return HandedIn(hashes([*named, *(picture.sha for picture in pictures)]), why)


def _of_corrected(asked: Asked) -> list[Shown]:
    old = asked.corrects
    return photos.shown_on([old.id])[old.id] if old else []
