"""Ids that can be made anywhere and sort by time (UUIDv7, RFC 9562)."""

from uuid import UUID, uuid4

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7. It orders records; it is never a secret."""
    return uuid_utils.compat.uuid7()


def new_token() -> UUID:
    """One that nobody can guess, for whoever knows it to be known by it. It sorts by nothing."""
    return uuid4()


def read_id(text: object) -> UUID | None:
    """The UUID written in `text`, or None where there is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
