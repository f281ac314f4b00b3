"""The rolls that a community took in, the last ones first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.events import Event
from app.domain.places import Area
from app.lib.db import session

SHOWN = 5


def last_imports(community: Area) -> list[Event]:
    """The events of the last imports, each with its counts in `data`."""
    wanted = select(Event).where(Event.community_id == community.id, Event.kind == "roll_imported")
    wanted = wanted.options(joinedload(Event.by)).order_by(Event.id.desc())
    return list(session.scalars(wanted.limit(SHOWN)))
