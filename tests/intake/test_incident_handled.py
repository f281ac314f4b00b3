"""What was done about an incident, told by the one it was given to."""

from datetime import timedelta

import pytest

from app.domain.incidents import Incident
from app.domain.people import User
from app.intake.accept import accept
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held
from tests.intake.telling import entry, refusal_of, sentence, tell


def given_to(who: User, cast) -> Incident:
    kept = tell("incident", by=cast.worker, kind="falling", words="阳台花盆要掉")
    incident = session.get(Incident, kept.incident_id)
    incident.verify("", by=cast.director, at=clock.now())
    incident.assign(who, clock.now() + timedelta(hours=2), by=cast.director, at=clock.now())
    session.flush()
    return incident


def test_it_goes_on_to_the_directors_check(cast):
    incident = given_to(cast.worker, cast)
    kept = tell("incident_handled", incident, by=cast.worker, what="已搬下来")
    assert incident.stage == "handled"
    assert (kept.incident_id, kept.fields) == (incident.id, {"what": "已搬下来"})


def test_one_that_was_given_to_her_from_another_grid_is_hers(cast):
    incident = given_to(cast.colleague, cast)
    tell("incident_handled", incident, by=cast.colleague, what="已搬下来")
    assert incident.stage == "handled"


def test_one_that_went_to_somebody_else_waits_for_the_director(cast):
    incident = given_to(cast.colleague, cast)
    written = entry("incident_handled", incident, what="我搬下来了")
    with pytest.raises(Held, match="交给了别人"):
        accept(written, by=cast.worker, at=clock.now())
    accept(written, by=cast.worker, at=clock.now(), anywhere=True)
    assert incident.stage == "handled"


def test_it_is_said_once_and_stands(cast):
    incident = given_to(cast.worker, cast)
    kept = tell("incident_handled", incident, by=cast.worker, what="已搬下来")
    again = refusal_of("incident_handled", incident, by=cast.worker, what="又一次")
    assert "已经到了下一步" in sentence(again)
    assert "不能撤销" in sentence(refusal_of("withdrawal", kept, by=cast.worker))


def test_something_must_be_said(cast):
    incident = given_to(cast.worker, cast)
    refused = refusal_of("incident_handled", incident, by=cast.worker, what=" ")
    assert sentence(refused, "what") == "请写一两句处理情况。"
