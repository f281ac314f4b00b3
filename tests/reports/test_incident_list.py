"""The list of sudden events: overdue first, then the gravest, then the oldest."""

from app.domain.scope import Scope
from app.lib import clock
from app.reports.incident_list import incident_list, is_overdue
from tests.lived_day import at, report


def test_the_order(cast):
    old, grave, late = (report(cast, "medical", cast.grid1, hour) for hour in (7, 9, 10))
    old.grade, grave.grade, late.grade = 2, 1, 3
    for incident in (old, grave):
        incident.verify_by = at(6, 12)
    late.verify_by = at(6, 10, 10)
    found = incident_list(Scope(cast.director), clock.now())
    assert [line.incident for line in found.open] == [late, grave, old]
    assert found.by_stage["reported"] == found.open_total == 3


def test_what_is_handled_is_no_more_overdue(cast):
    incident = report(cast, "gas", cast.grid1, 8)
    incident.verify("", by=cast.director, at=at(6, 8))
    incident.assign(cast.worker, at(6, 9), by=cast.director, at=at(6, 8))
    assert is_overdue(incident, clock.now())
    incident.handle("好了", by=cast.worker, at=clock.now())
    assert not is_overdue(incident, clock.now())
