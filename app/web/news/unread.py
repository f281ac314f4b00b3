"""What somebody has not read yet, as small lines on top of her day; each is read with one tap."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from app.domain.notices import Notice, unread_of
from app.domain.people import User
from app.domain.trainings import unseen_by
from app.intake import KINDS
from app.lib import clock
from app.lib.ids import new_id
from app.policy.trainings import Training
from app.web.records.as_entry import as_entry
from app.web.words import moment, translated

READ, SEEN = KINDS["notice_read"], KINDS["training_read"]


@dataclass(frozen=True, slots=True)
class News:
    """One line: what it is, where it is read, and the entry that says that it was."""

    icon: str
    title: str
    when: str
    url: str
    read_url: str
    tap: str
    entry: dict[str, str]
    entry_id: UUID
    back: str


def unread(user: User, now: datetime, back: str) -> list[News]:
    """Her notices and trainings that she has not read, notices first."""
    notices = [notice_line(one, back) for one in unread_of(user)]
    trainings = unseen_by(user, clock.local_day(now))
    return notices + [training_line(one, back) for one in trainings]


def notice_line(notice: Notice, back: str) -> News:
    return News(
        icon="feedback",
        title=notice.title,
        when=moment(notice.starts_at) if notice.starts_at else "",
        url=url_for("news.notice", notice_id=notice.id),
        read_url=url_for("news.notice_reading", notice_id=notice.id),
        tap=translated(READ.one_tap_words),
        entry=as_entry(
            READ, {"notice_id": notice.id}, who=notice.title, fields={"notice": str(notice.id)}
        ),
        entry_id=new_id(),
        back=back,
    )


def training_line(training: Training, back: str) -> News:
    title = translated(training.words)
    return News(
        icon="rules",
        title=title,
        when="",
        url=url_for("news.training", training=training.key),
        read_url=url_for("news.training_reading", training=training.key),
        tap=translated(SEEN.one_tap_words),
        entry=as_entry(
            SEEN, {"training": training.key}, who=title, fields={"training": training.key}
        ),
        entry_id=new_id(),
        back=back,
    )
