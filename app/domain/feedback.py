"""What a worker wants to say about the work or the app; her director reads and answers it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session


class Feedback(Uid, db.Model):
    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    at: Mapped[datetime]
    words_sealed: Mapped[str]
    answer_sealed: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()
    words = Sealed()
    answer = Sealed()

    def reply(self, words: str, *, by: User, at: datetime) -> None:
        """Answer it; an answer may be put better later, the last one counts."""
        self.answer, self.answered_at = words, at
        data = {"to": self.by_id}
        happened("feedback_answered", by=by, at=at, community_id=self.community_id, data=data)


def give_feedback(words: str, *, by: User, at: datetime, to: Area | None = None) -> Feedback:
    """Put a word into the box of a community, her own unless another is named."""
    row = Feedback(by=by, community_id=(to or by.community).id, at=at)
    row.words = words
    session.add(row)
    happened("feedback_given", by=by, at=at, community_id=row.community_id)
    return row
