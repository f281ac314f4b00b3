"""`flask areas`: the tree of places from a CSV file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.edge import writes
from app.exchange import area_list

areas = AppGroup("areas", help="The tree of places.")


@areas.command("import")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@writes
def import_areas(file: Path | None) -> None:
    """Add or rename the places of FILE (code,name,level,parent,from,to); without FILE: 太原市."""
    with (file or area_list.SHIPPED).open(encoding="utf-8-sig", newline="") as lines:
        report = area_list.read_areas(lines)
    if report.errors:
        for line, why in report.errors:
            click.echo(f"第 {line} 行：{why}", err=True)
        raise click.ClickException("有错误，什么也没有改。")
    click.echo(f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}。")
