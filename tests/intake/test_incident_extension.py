"""More time for an incident."""

import pytest

from app.lib import clock
from tests.intake.telling import refusal_of, sentence, tell
from tests.intake.test_incident_handled import given_to


def test_it_is_asked_until_a_time_with_a_reason(cast):
    incident = given_to(cast.worker, cast)
    until = "2022-10-06T18:00"
    tell("incident_extension", incident, by=cast.worker, until=until, why="等吊车")
    assert f"{clock.local(incident.extension_until):%H:%M}" == "18:00"
    incident.grant_extension(by=cast.director, at=clock.now())
    assert f"{clock.local(incident.deadline):%H:%M}" == "18:00"


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2022-10-06T09:00", "新的期限要晚于现在。"),
        ("2022-10-20T09:00", "一次最多延 7 天。"),
        ("", "这一项要填。"),
    ],
)
def test_a_time_that_cannot_be(cast, until, why):
    incident = given_to(cast.worker, cast)
    refused = refusal_of("incident_extension", incident, by=cast.worker, until=until, why="等")
    assert sentence(refused, "until") == why


def test_a_time_before_the_deadline_asks_for_nothing(cast):
    incident = given_to(cast.worker, cast)
    refused = refusal_of(
        "incident_extension", incident, by=cast.worker, until="2022-10-06T11:00", why="等吊车"
    )
    assert sentence(refused, "until") == "新的期限要晚于原来的期限。"
