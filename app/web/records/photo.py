"""The photos of a record, of an incident, and one's own before they belong to any."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from app.domain import photos
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.person import me, my
from app.web.photo_album import picture
from app.web.records import records


@records.get("/records/<uuid:record_id>/photos/<sha>")
@allows(P.RECORD)
def photo(record_id: UUID, sha: str) -> ResponseReturnValue:
    found = my().find(my().records, record_id) or abort(404)
    return picture(photos.on_record(found.id, sha))


@records.get("/incidents/<int:incident_id>/photos/<sha>")
@allows(P.RECORD)
def incident_photo(incident_id: int, sha: str) -> ResponseReturnValue:
    """To whom an incident was given, what was reported of it belongs, whoever's record it is."""
    found = my().find(my().incidents, incident_id) or abort(404)
    return picture(photos.on_incident(found.id, sha))


@records.get("/photos/<sha>")
@allows(P.RECORD)
def own_photo(sha: str) -> ResponseReturnValue:
    """Hers until it belongs to a record; then it is seen as far as the record is."""
    found = photos.photo_of(sha, me()) or abort(404)
    shown_on = photos.records_of(found)
    if shown_on and not any(my().find(my().records, record.id) for record in shown_on):
        abort(404)
    return picture(found)
