"""A file between its hand-in and its import: kept sealed for the one who handed it in.

It is gone once the list was received, or thrown away, or after a day.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.domain import column_matches, lists
from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import PushedList
from app.exchange.batches import only_reading
from app.exchange.columns import OF_KIND
from app.exchange.lists.receiving import Came, Reading, read_list, receive
from app.lib import vault


def hand_in(came: Came, *, by: User) -> UUID:
    """Look whether there is a table in the file and keep it; Refused where there is none."""
    with only_reading():
        read_list(came.name, came.content, came.kind)
    return vault.keep(_packed(came), _owner(by))


def look_at(file_id: UUID, community: Area, *, by: User) -> Came | None:
    """What she handed in, with what is remembered of the sender's columns; None for others."""
    kept = vault.read(file_id, _owner(by))
    if kept is None:
        return None
    came = _unpacked(kept)
    known = column_matches.remembered(community, came.kind, came.sender)
    return replace(came, chosen=known | came.chosen)


def call_it(
    file_id: UUID, kind: str, chosen: Mapping[str, str], community: Area, *, by: User
) -> None:
    """It is a list of another kind; what was said of its columns stays where that kind has it.

    Refused where there is no table of this kind in it.
    """
    came = look_at(file_id, community, by=by)
    if came is None or kind not in OF_KIND:
        return
    stays = {key: field for key, field in chosen.items() if field in ("", *OF_KIND[kind])}
    with only_reading():
        read_list(came.name, came.content, kind, stays)
    vault.put(file_id, _packed(replace(came, kind=kind, chosen=stays)), _owner(by))


def read_again(came: Came, chosen: Mapping[str, str]) -> Reading:
    """The table as it is read with these columns."""
    with only_reading():
        return read_list(came.name, came.content, came.kind, came.chosen | dict(chosen))


def confirm(
    file_id: UUID, chosen: Mapping[str, str], community: Area, *, by: User, at: datetime
) -> PushedList | None:
    """Receive the list with these columns; None where somebody pressed twice."""
    came = look_at(file_id, community, by=by)
    kept = vault.take(file_id, _owner(by)) if came else None
    if came is None or kept is None:
        return None
    came = replace(came, chosen=came.chosen | dict(chosen))
    try:
        received = receive(came, read_again(came, {}), community, by=by, at=at)
    except BaseException:
        vault.put(file_id, kept, _owner(by))
        raise
    return received


def throw_away(file_id: UUID, *, by: User) -> None:
    vault.drop(file_id, _owner(by))


def received_before(came: Came, community: Area) -> PushedList | None:
    """The list that was made of this very file."""
    return lists.same_file(came.kind, community, came.content)


def _packed(came: Came) -> str:
    told = {
        "name": came.name,
        "kind": came.kind,
        "sender": came.sender,
        "question": came.question,
        "reason": came.reason,
        "chosen": dict(came.chosen),
        "deadline_at": came.deadline_at.isoformat() if came.deadline_at else None,
        "content": base64.b64encode(came.content).decode(),
    }
    return json.dumps(told, ensure_ascii=False)


def _unpacked(kept: str) -> Came:
    told = json.loads(kept)
    deadline = told.pop("deadline_at")
    content = base64.b64decode(told.pop("content"))
    at = datetime.fromisoformat(deadline) if deadline else None
    return Came(content=content, deadline_at=at, **told)


def _owner(user: User) -> str:
    return f"list of user:{user.id}"
