"""Every route of the app with the numbers of somebody filled in, so that a test can try each.

A new argument of a route, or a new one that is no row's number, must be named here:
until then the walk fails, so that no route is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from flask import Flask
from werkzeug.routing import Rule

from app.intake import KINDS
from app.lib.ids import new_id
from app.policy.permissions import Permission, may
from app.reports.counters import COUNTERS
from app.reports.ledger_kinds import LEDGERS
from tests.canaries import Canary
from tests.house.routes import rules

# Who of the cast plays a role.
WHO = {"worker": "worker", "director": "director", "official": "official", "admin": "admin"}
# Arguments that name a row of somebody's: out of scope, the page does not exist.
ROWS = {
    "resident_id", "household_id", "building_id", "case_id", "task_id", "incident_id", "record_id",
    "entry_id", "feedback_id", "filter_id", "situation_id", "user_id", "area_id", "assignment_id",
    "form_id", "robot_id", "code", "name", "sha", "given_id", "share_id", "notice_id",
    "attachment_id", "template_id", "message_id", "export_id", "batch_id",
    "list_id", "row_id", "file_id", "check_id", "event_id",
}  # fmt: skip
# What a page may be asked for beside its path, and which number goes there.
QUERIES = {
    "records.form": {
        "resident": "resident_id", "task": "task_id", "case": "case_id", "incident": "incident_id",
        "household": "household_id", "supersedes": "record_id", "entry": "entry_id",
        "of": "record_id",
    },
    "residents.search": {"building": "building_id"},
    "director.new_assignment": {
        "resident": "resident_id", "incident": "incident_id", "building": "building_id",
        "grid": "code", "template": "template_id",
    },
    "director.board": {"grid": "code"},
    "director.check_rows": {"list": "list_id", "grid": "code"},
    "director.ledger": {"grid": "code", "area": "code"},
    "admin.areas": {"under": "area_id"},
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One address to try: `of_a_row` when its path names a row."""

    rule: Rule
    url: str
    of_a_row: bool

    @property
    def endpoint(self) -> str:
        return self.rule.endpoint


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    return app.view_functions[endpoint].permission


def allowed(app: Flask, role: str, method: str, canary: Canary) -> Iterator[Visit]:
    """The addresses that a role may ask for."""
    for visit in visits(app, method, canary):
        if may(role, permission_of(app, visit.endpoint) or Permission.OWN_ACCOUNT):
            yield visit


def one_of_each(app: Flask, method: str, canary: Canary) -> Iterator[Visit]:
    """One address of every route, where what it is asked about makes no difference."""
    yield from {visit.endpoint: visit for visit in visits(app, method, canary)}.values()


def visits(app: Flask, method: str, canary: Canary) -> Iterator[Visit]:
    """Every address of a method with a canary's numbers in it."""
    for rule in rules(app):
        if method in rule.methods and rule.endpoint not in ("static", "bundle"):
            yield from _of_rule(app, rule, canary)


def _of_rule(app: Flask, rule: Rule, canary: Canary) -> Iterator[Visit]:
    names = sorted(rule.arguments)
    choices = [_choices(rule, name, canary) for name in names]
    bind = app.url_map.bind("localhost")
    for values in product(*choices):
        url = bind.build(rule.endpoint, dict(zip(names, values, strict=True)))
        yield Visit(rule, url, bool(rule.arguments & ROWS))
        for query, number in QUERIES.get(rule.endpoint, {}).items():
            yield Visit(rule, f"{url}?{query}={canary.ids[number]}", of_a_row=False)


def _choices(rule: Rule, name: str, canary: Canary) -> list:
    if name == "code" and rule.endpoint.startswith("official."):
        return [canary.ids["code"], canary.ids["community_code"]]
    if name in canary.ids:
        return [canary.ids[name]]
    kinds = LEDGERS if rule.endpoint.startswith("director.") else KINDS
    others = {
        "kind": list(kinds),
        "counter": list(COUNTERS),
        "day": ["2022-10-05", "2022-10-06"],
        "key": [f"visit.resident{canary.ids['resident_id']}"],
        "device_id": [1],
        "parcel": [str(new_id())],
        "training": ["ninth-zones"],
        "adoption_id": [1],
    }
    assert name in others, f"tests/house/walk.py does not know the argument {name!r} of {rule}"
    return others[name]


def body(canary: Canary, stranger: Canary) -> dict[str, object]:
    """A posted form that points at a canary under every name that forms use for a row."""
    ids = canary.ids
    return {
        "id": str(new_id()), "resident": ids["resident_id"], "resident_id": ids["resident_id"],
        "case": ids["case_id"], "case_id": ids["case_id"], "cases": [ids["case_id"]],
        "task": ids["task_id"], "task_id": ids["task_id"], "tasks": [ids["task_id"]],
        "record": str(ids["record_id"]), "records": [str(ids["record_id"])],
        "supersedes": str(ids["record_id"]), "incident": ids["incident_id"],
        "household": ids["household_id"], "building": ids["building_id"], "grid": ids["code"],
        "grid_id": ids["area_id"], "assignee": stranger.ids["assignee"],
        "assignee_id": stranger.ids["assignee"], "ids": [ids["task_id"], ids["case_id"]],
        "reason": "other", "words": "核对", "note": "核对", "decision": "accept", "outcome": "well",
        "way": "door", "kind": "other", "place": "门口", "what": "phone", "counter": "tasks_late",
        "deadline": "2022-10-07T10:00", "until": "2022-10-07T10:00", "why": "核对",
    }  # fmt: skip
