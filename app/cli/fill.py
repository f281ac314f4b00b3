"""`flask fill`: somebody else's blank form, filled from a ledger, in a terminal."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.cli.edge import writes
from app.domain import audit, exports
from app.domain.people import User, user_by_handle
from app.domain.scope import Scope
from app.exchange.fill import Told, fill, look_over, tell
from app.exchange.locking import locked, new_password
from app.exchange.marking import Mark
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.permissions import Permission, may
from app.reports.ledger import Wanted
from app.reports.ledger_asked import wanted_by
from app.reports.ledger_kinds import LEDGERS

TOO_MANY = N_("%(n)s 人的完整信息要第二个人批准，请在“人员台账”的页面上申请。")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("fill")
@click.argument("template", type=FILE)
@click.option("--ledger", "kind", required=True, type=click.Choice(list(LEDGERS)))
@click.option("--filter", "filters", multiple=True, help="As in a ledger's address: grid=CODE.")
@click.option("--by", "login", required=True, help="Login name of a director.")
@click.option("--reason", default="", help="Why whole names and numbers; without one, masked.")
@click.option("-o", "--out", "out", required=True, type=OUT)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@with_appcontext
@writes
def fill_form(template: Path, kind: str, login: str, out: Path, **told_more: Any) -> None:
    """Fill the blank form TEMPLATE (.xlsx) with the rows of a ledger into OUT."""
    director = _director(login)
    wanted = _wanted(director, kind, told_more["filters"])
    told, password = _filled(template, out, wanted, director, told_more["reason"].strip())
    shown = _as_json if told_more["as_json"] else _as_lines
    click.echo(shown(told, password))


def _director(login: str) -> User:
    director = user_by_handle(login)
    if director is None or not director.active:
        raise click.ClickException(f"没有登录名为 {login} 的账号，或已停用。")
    if not may(director.role, Permission.SEE_LEDGERS):
        raise click.ClickException("只有社区负责人能填表。")
    return director


def _wanted(director: User, kind: str, filters: Iterable[str]) -> Wanted:
    asked = dict(one.partition("=")[::2] for one in filters)
    unknown = asked.keys() - _names(kind)
    try:
        if unknown:
            raise LookupError(*unknown)
        return wanted_by(Scope(director), kind, asked)
    except LookupError as missing:
        raise click.ClickException(
            f"没有这样的筛选条件：{'、'.join(map(str, missing.args))}。"
        ) from missing


def _names(kind: str) -> set[str]:
    choices = {choice.name for choice in LEDGERS[kind].choices}
    return choices | {"grid", "counter", "day", "state", "late", "sort"}


def _filled(
    template: Path, out: Path, wanted: Wanted, director: User, reason: str
) -> tuple[Told, str]:
    """Write the file; its password where it is whole. That it was taken is on the record."""
    content, kind = template.read_bytes(), wanted.ledger.key
    try:
        layout = look_over(template.name, content, kind)
        told = tell(layout, wanted, Scope(director).grids, full=bool(reason))
        mark = _mark(director, kind, told, reason)
        told = told.leaving(mark, full=bool(reason))
        filled = fill(template.name, content, told, mark)
        password = new_password() if reason else ""
        out.write_bytes(_locked(filled, password, told, director, reason) if reason else filled)
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused
    return told, password


def _mark(director: User, kind: str, told: Told, reason: str) -> Mark:
    now, n = clock.now(), len(told.facts)
    said = f"{reason} {told.people} 人" if reason else f"{n} 条"
    entry = audit.note("exported", by=director, at=now, target=f"ledger:{kind}", reason=said)
    session.flush()
    return Mark.of(director, entry.id, at=now)


def _locked(filled: bytes, password: str, told: Told, director: User, reason: str) -> bytes:
    """Whole names: as few as one person may take along alone, behind a password."""
    community, now, content = director.community, clock.now(), locked(filled, password)
    export = exports.ask("command", {}, community, told.people, reason=reason, by=director, at=now)
    if export.state == "asked":
        raise Refused(say(TOO_MANY, n=told.people))
    export.keep(content, told.people, at=now)
    return content


def _as_json(told: Told, password: str) -> str:
    """Rows are named by their number in the filled file, never by a person."""
    layout = told.layout
    columns = [
        {"column": one.letter, "name": one.words, "field": one.field, "format": one.format}
        for one in layout.columns
    ]
    missing = {gap.column.words: [layout.first + row for row in gap.rows] for gap in told.missing}
    return json.dumps(
        {
            "sheet": layout.sheet,
            "header": [layout.top, layout.bottom],
            "first": layout.first,
            "rows": len(told.facts),
            "total": told.total,
            "masked": not password,
            **({"password": password} if password else {}),
            "columns": columns,
            "missing": missing,
            "remarks": [str(one) for one in told.remarks()],
        },
        ensure_ascii=False,
    )


def _as_lines(told: Told, password: str) -> str:
    layout = told.layout
    lines = [str(remark) for remark in told.remarks()]
    if layout.unmatched:
        lines.append(f"没有认出、没有填的列：{'、'.join(one.words for one in layout.unmatched)}。")
    lines += [f"缺“{gap.column.words}”：{len(gap.rows)} 条。" for gap in told.missing]
    lines.append(f"已填 {len(told.facts)} 条{'（完整）' if password else '（遮盖）'}。")
    lines += [f"打开密码（只显示这一次）：{password}"] if password else []
    return "\n".join(lines)
