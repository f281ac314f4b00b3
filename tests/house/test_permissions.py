"""Who may ask for what: every route × every role × whose row it is."""

import pytest

from app.domain.audit import AuditEntry
from app.lib.db import session
from app.policy.permissions import ALLOWED, WORDS, Permission, may
from app.policy.roles import ROLES
from tests import canaries
from tests.house.routes import rules
from tests.house.walk import WHO, one_of_each, permission_of

PUBLIC = {
    "auth.home", "auth.sign_in", "auth.enter", "auth.sign_out", "auth.first_run",
    "auth.make_first_admin", "auth.install", "auth.manifest", "pwa.service_worker", "pwa.offline",
    "static", "bundle", "messages.arrival",
}  # fmt: skip


def test_only_the_front_door_is_public(app):
    public = {rule.endpoint for rule in rules(app) if permission_of(app, rule.endpoint) is None}
    assert public == PUBLIC


def test_every_permission_has_words_and_somebody_who_has_it():
    assert set(WORDS) == set(Permission)
    assert set(ALLOWED) == set(ROLES)
    assert set().union(*ALLOWED.values()) == set(Permission)


def test_an_unknown_role_may_do_nothing():
    assert not any(may("emperor", permission) for permission in Permission)


def test_every_permission_guards_some_route(app):
    used = {permission_of(app, rule.endpoint) for rule in rules(app)}
    assert set(Permission) - used == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_gets_to_the_sign_in_page_and_no_further(app, cast, visitor, method):
    own = canaries.release(cast)["own"]
    for visit in one_of_each(app, method, own):
        if visit.endpoint in PUBLIC:
            continue
        answer = visitor.open(visit.url, method=method)
        assert answer.status_code == (302 if method == "GET" else 401), visit.url
        html = answer.get_data(as_text=True)
        assert not [mark for mark in own.marks + own.secrets if mark in html]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", WHO)
def test_a_role_without_the_permission_is_refused(app, client_of, cast, role, method):
    own = canaries.release(cast)["own"]
    browser = client_of(getattr(cast, WHO[role]))
    for visit in one_of_each(app, method, own):
        permission = permission_of(app, visit.endpoint)
        if permission and not may(role, permission):
            assert browser.open(visit.url, method=method).status_code == 403, visit.url


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refusal_is_noted_and_nothing_else_is_written(client_of, cast, method):
    url = "/board" if method == "GET" else "/day-close"
    client_of(cast.worker).open(url, method=method)
    noted = session.query(AuditEntry).filter_by(action="refused").one()
    assert (noted.who, noted.role) == ("lina", "worker")
    assert noted.target in ("see_board", "close_day")


# (role, zone): whether rows of the zone are hers. An official sees places, never a person's row.
SEES = {
    ("worker", "own"): True,
    ("worker", "sibling"): False,
    ("worker", "foreign"): False,
    ("director", "own"): True,
    ("director", "sibling"): True,
    ("director", "foreign"): False,
}
# A row of her own scope that cannot be shown at this moment, and why.
NOT_NOW = {
    "worker.incident": "nobody has given her the incident",
    "director.reassignment": "may be a task that the plan has closed",
}


@pytest.mark.parametrize(("role", "zone"), SEES)
def test_a_row_out_of_scope_does_not_exist(walked, role, zone):
    for visit, answer in walked(role, zone).answers:
        status = answer.status_code
        if visit.of_a_row and not SEES[role, zone]:
            assert status == 404, visit.url
        elif visit.endpoint not in NOT_NOW:
            assert status in (200, 302, 303, 404) if visit.of_a_row else status < 500, visit.url
