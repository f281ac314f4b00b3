"""The diagram of one building: units, floors, doors, and marks where somebody needs care."""

from flask import abort
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.reports.doors import staircases_of, without_a_door
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my
from app.web.residents import residents


@residents.get("/buildings/<int:building_id>")
@allows(P.SEE_RESIDENTS)
def building(building_id: int) -> ResponseReturnValue:
    found = my().find(my().buildings, building_id) or abort(404)
    if same := unchanged():
        return same
    units = staircases_of(my(), [found])[found.id]
    unplaced = without_a_door(my(), [found])[found.id]
    return page("residents/building.html", building=found, units=units, unplaced=unplaced)
