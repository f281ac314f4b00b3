"""What each phone has of its pages, so that it need be sent only what has changed.

Of every page there is a digest, never the page. The last two states of a phone are kept:
it may not have heard the latest answer and then goes on from the one before.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.lib.db import db, session

# A session lives for seven days; what its phone had is of no use after that.
KEPT_FOR = timedelta(days=8)


class Pack(db.Model):
    """One state of one phone: `version` of what it was built from, `whole` when nothing lacks."""

    __tablename__ = "packs"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[str] = mapped_column(String(120))
    whole: Mapped[bool]
    digests: Mapped[bytes]

    @property
    def has(self) -> dict[str, str]:
        """Digest by path."""
        return json.loads(zlib.decompress(self.digests))


def pack_of(session_id: int, cursor: str) -> Pack | None:
    """The state with this number, if it is this session's."""
    number = int(cursor) if cursor.isdecimal() and len(cursor) < 16 else 0
    return session.scalar(select(Pack).where(Pack.id == number, Pack.session_id == session_id))


def keep_pack(
    has: Mapping[str, str], *, session_id: int, since: int | None, at: datetime, **known: Any
) -> int:
    """Note what a phone is being sent; its number. What it had before `since` is forgotten."""
    drop_packs(Pack.session_id == session_id, but=since)
    made = Pack(session_id=session_id, at=at, digests=zlib.compress(json.dumps(has).encode()))
    made.version, made.whole = known["version"], known["whole"]
    session.add(made)
    session.flush()
    return made.id


def drop_packs(which: ColumnElement[bool], *, but: int | None = None) -> int:
    return session.execute(delete(Pack).where(which, Pack.id != (but or 0))).rowcount


def drop_old_packs(*, at: datetime) -> int:
    """Forget phones that have not been heard of since their session must have ended."""
    return drop_packs(Pack.at < at - KEPT_FOR)
