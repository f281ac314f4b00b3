"""The walk through every page of a role: made once in a run, looked at by many tests."""

import logging
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests import canaries
from tests.house import fingerprint
from tests.house.walk import WHO, Visit, allowed

ELSEWHERE = {"Origin": "https://evil.example"}


@dataclass(frozen=True)
class Walk:
    """What every page said to a role when asked with the numbers of one canary."""

    released: dict[str, canaries.Canary]
    answers: list[tuple[Visit, TestResponse]]
    changed: set[str]
    log: list[str]


@pytest.fixture(scope="session")
def walks() -> dict[tuple[str, str], Walk]:
    return {}


@pytest.fixture
def released(cast) -> dict[str, canaries.Canary]:
    return canaries.release(cast)


@pytest.fixture
def browser_of(client_of, cast):
    """A signed-in browser for whoever of the cast plays a role."""
    return lambda role: client_of(getattr(cast, WHO[role]))


@pytest.fixture
def walked(browser_of, walks, caplog, request):
    """`walked("worker", "sibling")`: what 李娜 gets to see with the numbers of the next grid."""

    def walk(role: str, zone: str) -> Walk:
        if (role, zone) not in walks:
            released = request.getfixturevalue("released")
            browser = browser_of(role)
            caplog.set_level(logging.DEBUG)
            caplog.clear()
            before = fingerprint.everything()
            urls = list(allowed(browser.application, role, "GET", released[zone]))
            answers = [(visit, browser.get(visit.url, headers=ELSEWHERE)) for visit in urls]
            now = fingerprint.everything()
            changed = {table for table in now if now[table] != before[table]}
            log = [record.getMessage() for record in caplog.records]
            walks[role, zone] = Walk(released, answers, changed, log)
        return walks[role, zone]

    return walk
