"""Photos that people handed in, and which record shows which.

A photo is known by the SHA-256 of the bytes as they were sent, and by who sent
them: nobody can name somebody else's photo by guessing its hash, and two people
may send the same picture. An entry names its photos before or after they arrive.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    delete,
    exists,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import attachments
from app.domain.events import happened
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record, standing
from app.lib import album
from app.lib.db import Uid, db, session

MOST_PHOTOS = 6
# A photo that no entry names: the phone may still be on its way with the entry.
KEPT_FOR = timedelta(days=90)
# A file that no photo names: one that is just being received has a day's time to be named.
UNNAMED_FILE = timedelta(days=1)


class Photo(Uid, db.Model):
    """One photo of one person; its pixels lie sealed on the disk (app/lib/album.py)."""

    __tablename__ = "photos"
    __table_args__ = (UniqueConstraint("sha", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # Bytes, and pixels, of what is kept: never of what was sent.
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]


class NamedPhoto(db.Model):
    """That a record shows a photo of somebody's, whether it has arrived or not.

    A record has the id of its entry, and an entry that was refused or is held
    keeps its photos as well: so `record_id` may name a record that is not there yet.
    """

    __tablename__ = "record_photos"
    __table_args__ = (Index("ix_record_photos_photo", "sha", "by_id"),)

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sha: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


OF_A_NAME = and_(Photo.sha == NamedPhoto.sha, Photo.by_id == NamedPhoto.by_id)


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo that a record names; `photo` is None until it has arrived."""

    record_id: UUID
    sha: str
    photo: Photo | None


def photo_of(sha: str, user: User) -> Photo | None:
    """Her own photo, by the hash of what she sent."""
    return session.scalar(select(Photo).where(Photo.sha == sha, Photo.by_id == user.id))


def records_of(photo: Photo) -> list[Record]:
    """The records that show a photo."""
    return list(session.scalars(_naming(photo)))


def sent_again(photo: Photo, *, at: datetime) -> bool:
    """Count a photo's days anew; False where it was removed in the same moment."""
    kept = update(Photo).where(Photo.id == photo.id).values(at=at)
    return session.execute(kept).rowcount == 1


def add(photo: Photo, *, by: User, at: datetime) -> bool:
    """Note a photo whose file is on the disk; False where the same was noted in this moment.

    The records that name it already are told of it.
    """
    photo.by_id, photo.at = by.id, at
    try:
        with session.begin_nested():
            session.add(photo)
    except IntegrityError:
        return False
    for record in records_of(photo):
        happened("photo_arrived", by=by, at=at, about=record)
    return True


def name(record_id: UUID, shas: Iterable[str], *, by: User, corrects: Record | None = None) -> None:
    """Say which photos an entry shows: its author's own, or those of the record it corrects."""
    before = session.scalars(_named(corrects.id)) if corrects else ()
    owners = {row.sha: row.by_id for row in before}
    forget(record_id)
    session.add_all(
        NamedPhoto(record_id=record_id, position=n, sha=sha, by_id=owners.get(sha, by.id))
        for n, sha in enumerate(shas)
    )


def forget(record_id: UUID) -> None:
    """The entry names no photo any more, or others."""
    session.execute(delete(NamedPhoto).where(NamedPhoto.record_id == record_id))


def shown_on(record_ids: Iterable[UUID]) -> dict[UUID, list[Shown]]:
    """The photos that records (or waiting entries) show, in their order."""
    wanted = select(NamedPhoto, Photo).outerjoin(Photo, OF_A_NAME)
    wanted = wanted.where(NamedPhoto.record_id.in_(list(record_ids)))
    found: dict[UUID, list[Shown]] = defaultdict(list)
    rows = session.execute(wanted.order_by(NamedPhoto.record_id, NamedPhoto.position))
    for named, photo in rows:
        found[named.record_id].append(Shown(named.record_id, named.sha, photo))
    return found


def shown_of(incident_id: int) -> list[Shown]:
    """The photos of an incident: those of its records that count, in the order they were made."""
    rows = _of_incident(incident_id).order_by(Record.at, Record.id, NamedPhoto.position)
    return [Shown(named.record_id, named.sha, photo) for named, photo in session.execute(rows)]


def on_record(record_id: UUID, sha: str) -> Photo | None:
    """One photo that a record (or waiting entry) shows."""
    wanted = select(Photo).join(NamedPhoto, OF_A_NAME)
    return session.scalar(
        wanted.where(NamedPhoto.record_id == record_id, NamedPhoto.sha == sha).limit(1)
    )


def on_incident(incident_id: int, sha: str) -> Photo | None:
    """One photo that an incident shows; two people may have sent the same picture."""
    rows = _of_incident(incident_id).where(NamedPhoto.sha == sha, Photo.id.is_not(None))
    return session.scalar(rows.with_only_columns(Photo).limit(1))


def drop_unnamed_files(*, at: datetime) -> int:
    """Delete the files of photos that are forgotten or never came to be; how many.

    To be called before `drop_unnamed`: a file goes only when its row is gone for good.
    """
    dropped = 0
    for files in album.folders_older_than(at - UNNAMED_FILE):
        uids = [uid for _sha, uid in files]
        known = set(session.scalars(select(Photo.uid).where(Photo.uid.in_(uids))))
        known |= attachments.known(uids)
        stray = [(sha, uid) for sha, uid in files if uid not in known]
        for sha, uid in stray:
            album.drop(sha, uid)
        dropped += len(stray)
    return dropped


def drop_unnamed(*, at: datetime) -> int:
    """Forget what names a photo and is gone, and photos that nothing has named; how many."""
    nothing = ~exists().where(Record.id == NamedPhoto.record_id)
    nothing &= ~exists().where(Receipt.entry_id == NamedPhoto.record_id)
    gone = session.execute(delete(NamedPhoto).where(nothing)).rowcount
    unnamed = ~exists().where(OF_A_NAME) & (Photo.at < at - KEPT_FOR)
    return gone + session.execute(delete(Photo).where(unnamed)).rowcount


def _named(record_id: UUID) -> Select:
    return select(NamedPhoto).where(NamedPhoto.record_id == record_id)


def _of_incident(incident_id: int) -> Select:
    rows = select(NamedPhoto, Photo).join(Record, Record.id == NamedPhoto.record_id)
    rows = rows.outerjoin(Photo, OF_A_NAME)
    return rows.where(Record.incident_id == incident_id, standing())


def _naming(photo: Photo) -> Select:
    named = (NamedPhoto.sha == photo.sha) & (NamedPhoto.by_id == photo.by_id)
    return select(Record).join(NamedPhoto, NamedPhoto.record_id == Record.id).where(named)
