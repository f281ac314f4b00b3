"""Messages written: nobody is told the same thing twice, and the newest says it all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.domain.messages import ABOUT, Message, make_post_boxes
from app.lib.db import session
from app.lib.words import N_
from app.notify.registry import KINDS

NEWER = N_("已有更新的消息")


def write(news: Iterable[Message]) -> int:
    """Keep what nobody was told yet; what was said of the same thing before gives way."""
    fresh = _unknown(news)
    _replace_older(fresh)
    make_post_boxes({new.person_id for new in fresh})
    session.bulk_save_objects(fresh)  # hundreds at once, and nobody needs their ids
    return len(fresh)


def message(
    kind: str, key: str, person_id: int, *, at: datetime, community_id: int | None, **about: Any
) -> Message:
    """A message of a kind to one person; `about` names what it is about, `n` how many things,
    `urgency` where it is not that of its kind."""
    line = KINDS[kind]
    return Message(
        person_id=person_id,
        community_id=community_id,
        kind=kind,
        key=key,
        made_at=at,
        tell_until=at + line.worth,
        next_at=at,
        moved_at=at,
        state="open",
        **({"n": 1, "urgency": line.urgency} | about),
    )


def _unknown(news: Iterable[Message]) -> list[Message]:
    """Those whose person was not told under their key before."""
    by_key = {(new.person_id, new.key): new for new in news}
    rows = select(Message.person_id, Message.key)
    rows = rows.where(Message.key.in_({key for _person, key in by_key}))
    known = {tuple(row) for row in session.execute(rows)}
    return [new for key, new in by_key.items() if key not in known]


def _replace_older(fresh: list[Message]) -> None:
    """Of two unread messages of one kind about one thing the newer says it all."""
    people = {new.person_id for new in fresh}
    older = select(Message).where(Message.person_id.in_(people), Message.state == "open")
    newest = {_thing(new): new for new in fresh if _thing(new)}
    if not newest:
        return
    for one in session.scalars(older.where(Message.kind.in_({new.kind for new in fresh}))):
        if _thing(one) in newest:
            one.lose_point(NEWER)


def _thing(one: Message) -> tuple | None:
    """Who is told what about which thing; nothing where it is about none."""
    about = next((getattr(one, name) for name in ABOUT if getattr(one, name)), None)
    return (one.person_id, one.kind, about) if about else None
