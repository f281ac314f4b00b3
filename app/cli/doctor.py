"""`flask doctor`: is this installation sound, and how much is in it."""

import json
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect, text

from app import jobs
from app.lib import clock
from app.lib.db import db, only_read, session
from app.policy.workdays import holidays_of, years_known
from app.reports import health


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Print version, database, migrations, pending work, years of holidays and counts."""
    only_read(True)
    found = examine()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, value in found.items():
        click.echo(f"{name}: {json.dumps(value, ensure_ascii=False)}")


def examine() -> dict[str, Any]:
    """Everything `doctor` prints; before the first migration the counts are all zero."""
    ready = inspect(db.engine).has_table("records")
    return {
        "version": current_app.config["VERSION"],
        "flask": version("flask"),
        "database": database(),
        "migrations": migrations(),
        "pending_work": jobs.pending() if ready else {},
        "holidays": holidays(),
        "counts": health.counts() if ready else {"users": 0},
    }


def holidays() -> dict[str, Any]:
    """Of which years public holidays are known; `missing` have plain weekdays until they are."""
    soon = clock.today() + timedelta(days=31)
    missing = [year for year in sorted({clock.today().year, soon.year}) if not holidays_of(year)]
    return {"known": years_known(), "missing": missing}


def database() -> dict[str, str]:
    """Which database answers, and for SQLite how it is set."""
    name = db.engine.dialect.name
    if name != "sqlite":
        return {"kind": name, "version": session.scalar(text("show server_version"))}
    pragma = {key: session.scalar(text(f"PRAGMA {key}")) for key in ("journal_mode", "synchronous")}
    return {"kind": name, "version": session.scalar(text("select sqlite_version()"))} | pragma


def migrations() -> dict[str, Any]:
    """Which migration the database is at, and which the program wants."""
    config = current_app.extensions["migrate"].migrate.get_config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return {"current": current, "head": head, "up_to_date": current == head}
