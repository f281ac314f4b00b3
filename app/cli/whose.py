"""`flask whose`: a list has turned up somewhere; by the order of its rows, who took it along."""

from datetime import timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.domain.audit import AuditEntry
from app.exchange.canary import Taken, who_took
from app.exchange.sheet import Sheet
from app.exchange.tables import read_tables
from app.exchange.values.names import looks_like_a_name
from app.exchange.values.text import text
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 3


@click.command("whose")
@click.argument("file", type=FILE)
@click.option("--days", default=90, show_default=True, help="Look at exports of so many days.")
@with_appcontext
def whose(file: Path, days: int) -> None:
    """Say which exports the order of the names in FILE (.xlsx, .csv, .xls) agrees with."""
    try:
        sheets = read_tables(file.name, file.read_bytes())
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused
    names = max(map(_names, sheets), key=len, default=[])
    if len(names) < 2:
        raise click.ClickException("没有找到写着姓名的一列。")
    since = clock.now() - timedelta(days=days)
    taken = select(AuditEntry).where(AuditEntry.action == "exported", AuditEntry.at >= since)
    found = who_took(names, session.scalars(taken.order_by(AuditEntry.id)))
    click.echo("\n".join(_line(one) for one in found[:SHOWN]) or "这段时间没有导出。")


def _names(sheet: Sheet) -> list[str]:
    """The column with the most names, from its first one on."""
    width = max((len(row.cells) for row in sheet.rows), default=0)
    columns = [[text(row.cell(place)) for row in sheet.rows] for place in range(width)]
    best = max(columns, key=lambda said: sum(map(_is_name, said)), default=[])
    first = next((n for n, said in enumerate(best) if _is_name(said)), len(best))
    return [said for said in best[first:] if said]


def _is_name(said: str) -> bool:
    return bool(said) and looks_like_a_name(said)


def _line(one: Taken) -> str:
    entry = one.entry
    sure = "就是这份" if one.is_sure else "不能肯定"
    when = f"{clock.local(entry.at):%Y-%m-%d %H:%M}"
    said = f"{one.agree}/{one.pairs} 对相符，{sure}"
    return f"编号{entry.id} {entry.who} {when} {entry.target}：{said}"
