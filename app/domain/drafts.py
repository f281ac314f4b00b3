"""A half-filled form, kept sealed for its author until she saves it or a day has passed."""

import json
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.people import User
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session

KEPT_FOR = timedelta(days=1)


class Draft(Uid, db.Model):
    """What stands in one form (`form` names kind and subject) of one user."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("user_id", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    form: Mapped[str] = mapped_column(String(80))
    saved_at: Mapped[datetime]
    typed_sealed: Mapped[str | None]

    typed = Sealed()


def keep_draft(form: str, typed: dict[str, list[str]], *, by: User, at: datetime) -> None:
    draft = _draft(by, form) or Draft(user_id=by.id, form=form)
    draft.typed, draft.saved_at = json.dumps(typed, ensure_ascii=False), at
    session.add(draft)


def draft_of(user: User, form: str) -> dict[str, list[str]] | None:
    """What was typed into a form and not saved."""
    draft = _draft(user, form)
    return json.loads(draft.typed) if draft else None


def drop_draft(user: User, form: str) -> None:
    session.execute(delete(Draft).where(Draft.user_id == user.id, Draft.form == form))


def drop_old_drafts(*, at: datetime) -> int:
    """Delete what nobody came back to; returns how many."""
    return session.execute(delete(Draft).where(Draft.saved_at < at - KEPT_FOR)).rowcount


def _draft(user: User, form: str) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.user_id == user.id, Draft.form == form))
