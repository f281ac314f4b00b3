"""Somebody else's blank form that a community fills again and again: the file, and how.

The file is sealed, for its example may be a real person. What each column wants
(`layout`) and which rows (`ledger`, `query`) were looked over by a person.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.domain.people import User
from app.domain.places import Area
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session

LONGEST_NAME = 40


class BlankForm(Uid, db.Model):
    __tablename__ = "blank_forms"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    ledger: Mapped[str] = mapped_column(String(20))
    query: Mapped[str] = mapped_column(String(400), default="")
    layout: Mapped[dict[str, Any]] = mapped_column(db.JSON)
    content_text_sealed: Mapped[str | None]
    # Fingerprints of the rows that were in it last, masked and in full.
    last_rows: Mapped[dict[str, list[str]]] = mapped_column(db.JSON, default=dict)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    filled_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()
    content_text = Sealed()

    @property
    def content(self) -> bytes:
        return base64.b64decode(self.content_text)

    def change(self, name: str, query: str, layout: dict[str, Any], *, by: User) -> None:
        """Take what a person corrected; a name that another form has gets a number."""
        if name and name != self.name:
            self.name = _free_name(name, self.community_id)
        self.query, self.layout, self.by_id = query, layout, by.id

    def note_filled(self, mode: str, rows: Iterable[str], *, at: datetime) -> None:
        """Remember which rows were in it, `mode` being ``masked`` or ``full``."""
        self.last_rows = self.last_rows | {mode: sorted(set(rows))}
        self.filled_at = at


def keep_form(  # noqa: PLR0913
    name: str,
    content: bytes,
    community: Area,
    *,
    ledger: str,
    query: str,
    layout: dict[str, Any],
    by: User,
    at: datetime,
) -> BlankForm:
    """Keep a blank form for the community's directors."""
    kept = BlankForm(
        community_id=community.id,
        name=_free_name(name, community.id),
        ledger=ledger,
        query=query,
        layout=layout,
        by_id=by.id,
        made_at=at,
        last_rows={},
    )
    kept.content_text = base64.b64encode(content).decode()
    session.add(kept)
    session.flush()
    return kept


def forms_of(community: Area) -> list[BlankForm]:
    """The forms of a community, the newest first."""
    wanted = select(BlankForm).where(BlankForm.community_id == community.id)
    wanted = wanted.options(joinedload(BlankForm.by)).order_by(BlankForm.id.desc())
    return list(session.scalars(wanted))


def form_of(community: Area, form_id: int) -> BlankForm | None:
    """One of its forms; None for anybody else's."""
    wanted = select(BlankForm).where(BlankForm.community_id == community.id)
    return session.scalar(wanted.where(BlankForm.id == form_id))


def drop_form(form: BlankForm) -> None:
    session.execute(delete(BlankForm).where(BlankForm.id == form.id))


def _free_name(name: str, community_id: int) -> str:
    """The name, with a number behind it where a form is called so already."""
    taken = select(BlankForm.name).where(BlankForm.community_id == community_id)
    names, number, free = set(session.scalars(taken)), 1, name[:LONGEST_NAME]
    while free in names:
        number += 1
        free = f"{name[: LONGEST_NAME - 4]} {number}"
    return free
