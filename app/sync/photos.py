"""Photos on their way in, from a phone or with a form: checked, drawn anew, on the disk, noted.

Drawing takes a second, so nothing may be written before it: the transaction is let
go, and nobody waits for the database meanwhile. The file lies on the disk before its
row does, and its row is committed before anything is answered.
"""

import hashlib

from app.domain import photos
from app.domain.people import User
from app.domain.photos import Photo
from app.lib import album, clock
from app.lib.db import session
from app.lib.pictures import NoPicture, Picture, drawn_anew
from app.lib.words import N_


class WrongHash(NoPicture):
    """What arrived is not what was sent."""

    words = N_("照片在路上出了差错，请再传一次。")


def receive(sent: bytes, sha: str, *, by: User) -> bool:
    """Keep what a phone sent under its hash; whether it is new.

    Raises NoPicture, or a kind of it, where it cannot be kept; DiskFull.
    """
    if hashlib.sha256(sent).hexdigest() != sha:
        raise WrongHash
    known = photos.photo_of(sha, by)
    if known and album.has(sha, known.uid) and photos.sent_again(known, at=clock.now()):
        return False
    session.rollback()
    return keep(drawn_anew(sent), by=by)


def keep(picture: Picture, *, by: User) -> bool:
    """Keep a picture that was drawn anew, as hers; whether it is new. Raises DiskFull."""
    known = photos.photo_of(picture.sha, by)
    photo = known or Photo(
        sha=picture.sha, size=len(picture.jpeg), width=picture.width, height=picture.height
    )
    if not album.has(photo.sha, photo.uid):
        album.put(photo.sha, photo.uid, picture.jpeg)
    if known and photos.sent_again(known, at=clock.now()):
        return False
    if photos.add(photo, by=by, at=clock.now()):
        return True
    album.drop(photo.sha, photo.uid)
    return False
