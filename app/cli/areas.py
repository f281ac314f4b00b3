"""`flask areas`: the tree of places from a CSV file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.edge import writes
from app.exchange import area_list
from app.lib.refusal import Refused

areas = AppGroup("areas", help="The tree of places.")


@areas.command("import")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@writes
def import_areas(file: Path | None) -> None:
    """Add or rename the places of FILE (code,name,level,parent,from,to); without FILE: 太原市."""
    report = _read(file or area_list.SHIPPED)
    if report.errors:
        for line, why in report.errors:
            click.echo(f"第 {line} 行：{why}", err=True)
        raise click.ClickException("有错误，什么也没有改。")
    click.echo(f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}。")


def _read(file: Path) -> area_list.AreaReport:
    try:
        return area_list.read_areas(file.read_bytes())
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused
