"""A roll between its preview and its import: kept sealed for the one who handed it in.

The file is gone as soon as it was imported or thrown away, else after a day;
what stays until then is the report with the rows to be mended.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.people import User
from app.domain.places import Area
from app.exchange.roll import import_roll, preview
from app.lib import vault


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One roll: `state` is previewed, running or imported; `report` as `RollReport.stored`."""

    id: UUID
    state: str
    name: str = ""
    report: dict[str, Any] | None = None


def hand_in(name: str, content: bytes, community: Area, *, by: User, at: datetime) -> UUID:
    """Look a file over and keep it; Refused for one that cannot be read."""
    report = preview(name, content, community, by=by, at=at).stored()
    return vault.keep(_packed("previewed", name, report, content), _owner(by))


def look_at(roll_id: UUID, *, by: User) -> HandedIn | None:
    """What she handed in; None where there is nothing of hers."""
    kept = vault.read(roll_id, _owner(by))
    if kept is None:
        running = vault.is_taken(roll_id, _owner(by))
        return HandedIn(roll_id, "running") if running else None
    told = json.loads(kept)
    return HandedIn(roll_id, told["state"], told["name"], told["report"])


def confirm(roll_id: UUID, community: Area, *, by: User, at: datetime) -> None:
    """Import it. A second press finds nothing to take, and waits for the first."""
    owner = _owner(by)
    kept = vault.take(roll_id, owner)
    told = json.loads(kept) if kept else {}
    if told.get("state") != "previewed":
        if kept:
            vault.put(roll_id, kept, owner)
        return
    try:
        report = import_roll(told["name"], _content(told), community, by=by, at=at)
    except BaseException:
        vault.put(roll_id, kept, owner)
        raise
    vault.put(roll_id, _packed("imported", told["name"], report.stored()), owner)


def throw_away(roll_id: UUID, *, by: User) -> None:
    vault.drop(roll_id, _owner(by))


def _packed(state: str, name: str, report: dict[str, Any], content: bytes = b"") -> str:
    body = base64.b64encode(content).decode()
    told = {"state": state, "name": name, "report": report, "content": body}
    return json.dumps(told, ensure_ascii=False)


def _content(told: dict[str, Any]) -> bytes:
    return base64.b64decode(told["content"])


def _owner(user: User) -> str:
    return f"user:{user.id}"
