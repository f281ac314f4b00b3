"""`flask doctor --json`: the counts that later checks rely on, right to the last one."""

import json
from datetime import date

import pytest

from app.lib import clock
from app.lib.db import db, session
from app.sync.inbox import receive
from tests.house import fingerprint
from tests.intake.telling import entry

KEYS = {"version", "flask", "database", "migrations", "pending_work", "holidays", "counts"}


@pytest.fixture
def examined(app):
    """What the command prints, read as a program would."""

    def examine() -> dict:
        session.remove()
        done = app.test_cli_runner().invoke(args=["doctor", "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    return examine


@pytest.fixture
def bare(app):
    """A database without a table."""
    session.remove()
    db.drop_all()
    session.commit()


def changed(before: dict, after: dict) -> dict:
    """How much more there is, where it is more."""
    more = {}
    for name, number in after.items():
        if isinstance(number, dict):
            more[name] = changed(before.get(name, {}), number)
        else:
            more[name] = number - before.get(name, 0)
    return {name: number for name, number in more.items() if number}


def test_without_tables_it_answers_too(bare, examined):
    told = examined()
    assert set(told) == KEYS
    assert told["counts"] == {"users": 0} and told["pending_work"] == {}
    assert told["migrations"]["current"] is None and told["migrations"]["up_to_date"] is False
    assert told["migrations"]["head"]


def test_it_says_everything_there_is(cast, examined):
    told = examined()
    assert set(told) == KEYS
    assert set(told["migrations"]) == {"current", "head", "up_to_date"}
    assert told["pending_work"]["cases_to_plan"] == 3  # they were opened yesterday
    assert told["counts"] == {
        "people": 6,
        "households": 6,
        "users": 9,
        "events": 6,  # each case was opened, each record made
        "records": {"arrival": 1, "code_push": 1, "elder_roll": 1},
        "cases": {
            "elder": {"on_roll": 1},
            "returnee": {"arrived": 1},
            "yellow": {"reported": 1},
        },
        "tasks": {"open": 11},
        "receipts": {},
    }


def test_it_names_the_database(app, examined):
    told = examined()
    assert told["version"] == app.config["VERSION"]
    if db.engine.dialect.name == "sqlite":
        assert set(told["database"]) == {"kind", "version", "journal_mode", "synchronous"}
        assert told["database"]["kind"] == "sqlite"
        assert told["database"]["version"] == db.engine.dialect.dbapi.sqlite_version
        assert (told["database"]["journal_mode"], told["database"]["synchronous"]) == ("wal", 2)
    else:
        assert set(told["database"]) == {"kind", "version"}
        assert told["database"]["kind"] == "postgresql"


def test_one_entry_is_one_record_and_one_receipt(cast, examined):
    before = examined()
    receive([entry("visit", cast.elder, outcome="well", way="door")], by=cast.worker)
    after = examined()
    more = changed(before["counts"], after["counts"])
    assert more["records"] == {"visit": 1}
    assert more["receipts"] == {"kept": 1}
    assert not {"people", "households", "users", "cases"} & set(more)
    assert after["pending_work"]["cases_to_plan"] == 2


def test_what_waits_and_what_was_refused_is_counted(cast, examined):
    sampled, eaten = ({"outcome": said, "via": "phone"} for said in ("sampled", "eaten"))
    receive([entry("test", cast.sibling, **sampled)], by=cast.worker)
    receive([entry("test", cast.yellow, **eaten)], by=cast.worker)
    assert examined()["counts"]["receipts"] == {"held": 1, "refused": 1}


def test_looking_writes_nothing(cast, examined):
    before = fingerprint.everything()
    examined()
    assert fingerprint.everything() == before


def test_without_json_it_is_a_line_for_each(cast, app):
    session.remove()
    told = app.test_cli_runner().invoke(args=["doctor"]).output
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "version",
        "flask",
        "database",
        "migrations",
        "pending_work",
        "holidays",
        "counts",
    ]


def test_it_says_of_which_year_it_knows_no_holidays(cast, examined):
    assert examined()["holidays"]["missing"] == []
    for day, missing in ((date(2031, 3, 1), [2031]), (date(2031, 12, 15), [2031, 2032])):
        with clock.stopped_at(clock.at(day, 9)):
            assert examined()["holidays"]["missing"] == missing
