"""`flask import`: a list that others sent, or the community's own roll, in a terminal."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.domain.people import User, user_by_handle
from app.domain.places import Area, area_by_code
from app.domain.pushed import KINDS, STATES, ListRow
from app.exchange.batches import only_reading
from app.exchange.lists.going_on import go_on
from app.exchange.lists.receiving import (
    Came,
    Reading,
    columns_of,
    read_list,
    receive,
    refuse_others,
)
from app.exchange.lists.report import counted, plain, rehearse
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=FILE)
@click.option("--community", "code", required=True, help="Code of the community.")
@click.option("--by", "login", required=True, help="Login name of a director of the community.")
@click.option("--sender", default="", help="Who sent it; his columns are remembered.")
@click.option("--question", default="", help="What is asked of everybody in it.")
@click.option("--reason", default="", help="Key of the reason for rows that name none.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@with_appcontext
def import_list(kind: str, file: Path, code: str, login: str, **more: Any) -> None:
    """Take the list FILE of KIND into a community: its clear rows become work at once."""
    community, director = area_by_code(code), user_by_handle(login)
    if community is None or community.level != "community":
        raise click.ClickException(f"没有代码为 {code} 的社区。")
    if director is None or not director.active:
        raise click.ClickException(f"没有登录名为 {login} 的账号，或已停用。")
    dry_run, as_json = more.pop("dry_run"), more.pop("as_json")
    came = Came(file.name, file.read_bytes(), kind, **more)
    try:
        reading, rows = _done(came, community, director, dry_run=dry_run)
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused
    click.echo((_as_json if as_json else _as_lines)(reading, rows, dry_run))


def _done(
    came: Came, community: Area, director: User, *, dry_run: bool
) -> tuple[Reading, list[ListRow]]:
    at = clock.now()
    refuse_others(community, by=director)
    with only_reading():
        reading = read_list(came.name, came.content, came.kind)
    if dry_run:
        return reading, rehearse(came, reading, community, by=director, at=at)
    list_id = receive(came, reading, community, by=director, at=at).id
    go_on(list_id, by=director, at=at)
    rows = select(ListRow).where(ListRow.list_id == list_id).order_by(ListRow.id)
    return reading, list(session.scalars(rows))


def _as_json(reading: Reading, rows: list[ListRow], dry_run: bool) -> str:
    told = {
        "dry_run": dry_run,
        "kind": reading.kind,
        "counts": {state: count for state, count in counted(rows).items() if state},
        "skipped": reading.skipped,
        "columns": columns_of(reading),
        "unread": reading.unread,
        "remarks": [str(one) for one in reading.remarks],
        "rows": [plain(row) for row in rows],
    }
    return json.dumps(told, ensure_ascii=False)


def _as_lines(reading: Reading, rows: list[ListRow], dry_run: bool) -> str:
    """The rows that wait or were refused with their reasons, then the counts."""
    waiting = [plain(row) for row in rows if row.state in ("doubtful", "unplaced", "refused")]
    lines = [str(remark) for remark in reading.remarks]
    lines += [
        f"{one.get('sheet', '')} 第 {one['row']} 行（{STATES[one['state']]}）：{one['why']}".strip()
        for one in waiting
    ]
    counts = counted(rows)
    told = "，".join(f"{words} {counts[state]}" for state, words in STATES.items() if counts[state])
    lines.append(f"{'预演，什么也没有改：' if dry_run else ''}{told}；跳过 {reading.skipped}。")
    return "\n".join(lines)
