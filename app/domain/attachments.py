"""Files that a director sends along with work or a notice, sealed on the disk beside the photos.

The bytes lie in app/lib/album.py under their hash and an id of their own; the name
is sealed, because people write names into it. Files of a template come along with all
that is given by it, without being kept again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.people import User
from app.lib import album
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.filetypes import Handed

MOST_FILES = 5


class Attachment(Uid, db.Model):
    """One file of one assignment, notice or template."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    template_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignment_templates.id"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    sha: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    name_sealed: Mapped[str | None]
    # The file that this one is, where it has come along from a template.
    kept_as: Mapped[UUID | None]
    name = Sealed()

    @property
    def content(self) -> bytes | None:
        """The bytes as they were kept; None where they are gone."""
        return album.read(self.sha, self.kept_as or self.uid)


def attach(
    files: Iterable[Handed], *, community_id: int, by: User, at: datetime, **to: int
) -> list[Attachment]:
    """Keep files; `to` is ``assignment_id``, ``notice_id`` or ``template_id``.

    DiskFull where there is no room.
    """
    kept = []
    for file in files:
        row = Attachment(
            community_id=community_id,
            by_id=by.id,
            at=at,
            sha=file.sha,
            kind=file.kind,
            size=len(file.content),
            **to,
        )
        row.name = file.name
        session.add(row)
        session.flush()
        album.put(row.sha, row.uid, file.content)
        kept.append(row)
    return kept


def bring_along(template_id: int, *, by: User, at: datetime, **to: int) -> None:
    """The files of a template go with what is given by it, or with another template (`to`)."""
    for file in of_templates([template_id])[template_id]:
        copied = {name: getattr(file, name) for name in ("community_id", "sha", "kind", "size")}
        row = Attachment(by_id=by.id, at=at, kept_as=file.kept_as or file.uid, **copied, **to)
        row.name = file.name
        session.add(row)


def of_assignments(ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files of each assignment, in the order in which they were attached."""
    return _by(Attachment.assignment_id, ids)


def of_notices(ids: Iterable[int]) -> dict[int, list[Attachment]]:
    return _by(Attachment.notice_id, ids)


def of_templates(ids: Iterable[int]) -> dict[int, list[Attachment]]:
    return _by(Attachment.template_id, ids)


def known(uids: Iterable[UUID]) -> set[UUID]:
    """Which of these files are somebody's attachment."""
    return set(session.scalars(select(Attachment.uid).where(Attachment.uid.in_(list(uids)))))


def _by(column, ids: Iterable[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = defaultdict(list)
    wanted = list(ids)
    if wanted:
        rows = select(Attachment).where(column.in_(wanted)).order_by(Attachment.id)
        for row in session.scalars(rows):
            found[getattr(row, column.key)].append(row)
    return found
