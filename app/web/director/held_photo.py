"""A photo of an entry that waits for the director's decision."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from app.domain import photos
from app.policy.permissions import Permission as P
from app.sync.held import held_entry
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.photo_album import picture


@director.get("/held/<uuid:entry_id>/photos/<sha>")
@allows(P.CHECK_RECORDS)
def held_photo(entry_id: UUID, sha: str) -> ResponseReturnValue:
    found = held_entry(entry_id, community().id) or abort(404)
    return picture(photos.on_record(found.entry_id, sha))
