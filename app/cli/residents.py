"""`flask residents`: a community's own roll from a file."""

import json
from itertools import chain
from pathlib import Path

import click
from flask.cli import AppGroup

from app.domain.people import User, user_by_handle
from app.domain.places import Area, area_by_code
from app.exchange.roll import import_roll, preview
from app.exchange.roll.report import RollReport
from app.exchange.rows.line import STATES
from app.lib import clock
from app.lib.refusal import Refused

residents = AppGroup("residents", help="The residents of a community.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@residents.command("import")
@click.argument("file", type=FILE)
@click.option("--community", "code", required=True, help="Code of the community.")
@click.option("--by", "login", required=True, help="Login name of a director of the community.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def import_residents(file: Path, code: str, login: str, dry_run: bool, as_json: bool) -> None:
    """Take the roll FILE (.xlsx or .csv, columns by their names) into a community."""
    community, director = area_by_code(code), user_by_handle(login)
    if community is None or community.level != "community":
        raise click.ClickException(f"没有代码为 {code} 的社区。")
    if director is None or not director.active:
        raise click.ClickException(f"没有登录名为 {login} 的账号，或已停用。")
    import_roll_file(file, community, director, dry_run=dry_run, as_json=as_json)


def import_roll_file(
    file: Path, community: Area, director: User, *, dry_run: bool, as_json: bool
) -> None:
    """Take a roll in, or say what would come of it."""
    report = _done(file, community, director, dry_run=dry_run)
    click.echo(_as_json(report, dry_run) if as_json else _as_lines(report, dry_run))


def _done(file: Path, community: Area, director: User, *, dry_run: bool) -> RollReport:
    take = preview if dry_run else import_roll
    try:
        return take(file.name, file.read_bytes(), community, by=director, at=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused


def _as_json(report: RollReport, dry_run: bool) -> str:
    stored = report.stored()
    found = {name: stored[name] for name in ("counts", "warned", "elders", "unread")}
    found["columns"] = dict(chain(*(sheet["columns"] for sheet in stored["sheets"])))
    return json.dumps({"dry_run": dry_run, **found, "rows": report.rows()}, ensure_ascii=False)


def _as_lines(report: RollReport, dry_run: bool) -> str:
    """The refused and skipped rows with their reasons, then the counts."""
    given_back = [line for line in report.lines if line.state in ("refused", "skipped")]
    lines = [f"{line.said_at()}：{' '.join(map(str, line.why))}" for line in given_back]
    counts = "，".join(f"{STATES[state]} {count}" for state, count in report.counts.items())
    lines.append(f"{'预演，什么也没有改：' if dry_run else ''}{counts}；有提醒 {report.warned}。")
    return "\n".join(lines)
