"""A community's own roll, from the sheet it keeps to the residents on its pages.

1. The file is read (tables), its header found by its names (columns), every row
made a line (cells). 2. Each line is checked by the form of `app.intake` (checks),
finds its grid and door with the help of all the others (grids, places), and is
compared with them (twins). 3. Batch by batch, each in a transaction of its own,
the lines are judged against what the community knows (judging) and written
(writing). A bad line is given back with its reason and stops nothing; the same
file again changes nothing.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.domain import audit
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.exchange.batches import done_with_batch, only_reading
from app.exchange.columns import Header, match
from app.exchange.roll.judging import Known, judge
from app.exchange.roll.report import RollReport
from app.exchange.roll.twins import find_twins
from app.exchange.roll.writing import write
from app.exchange.rows.cells import lines_of
from app.exchange.rows.checks import check
from app.exchange.rows.grids import find_grids
from app.exchange.rows.line import Line
from app.exchange.rows.places import find_doors
from app.exchange.sheet import Sheet, unusable
from app.exchange.tables import read_tables
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.permissions import Permission, may

# So many lines are written at once. Then others may write.
BATCH = 200
PAUSE = 0.06  # seconds
NO_HEADER = N_("没有找到表头：要有一行写着“姓名”和“身份证号”“电话”“住址”等列名。")


def preview(name: str, content: bytes, community: Area, *, by: User, at: datetime) -> RollReport:
    """What an import of the file would do. Writes nothing and keeps nobody waiting."""
    with only_reading():
        report = _read(name, content, community, by=by)
        lines = report.open_lines
        judge(lines, Known(lines, community, day=clock.local_day(at)))
    return report


def import_roll(
    name: str, content: bytes, community: Area, *, by: User, at: datetime
) -> RollReport:
    """Take the file into the community's roll; commits batch by batch.

    The caller must have nothing pending: what is not committed is rolled back.
    """
    with only_reading():
        report = _read(name, content, community, by=by)
    note = f"roll, {len(report.lines)} rows"
    audit.note("imported", by=by, at=at, target=f"area:{community.id}", reason=note)
    batches = _batches(report.open_lines)
    for batch in batches:
        _take_in(batch, community, by=by, at=at)
        if batch is batches[-1]:
            data = report.counts | {"elders": report.elders}
            happened("roll_imported", by=by, at=at, community_id=community.id, data=data)
        done_with_batch(PAUSE if batch is not batches[-1] else 0)
    return report


def _read(name: str, content: bytes, community: Area, *, by: User) -> RollReport:
    """The file as lines with their doors and grids; Refused for a file or person that may not."""
    if not may(by.role, Permission.IMPORT_ROLL) or by.area_id != community.id:
        raise Refused(say("只有本社区的负责人可以导入名册。"))
    report = _lines_of_all(read_tables(name, content))
    for line in report.open_lines:
        check(line)
    find_grids(report.open_lines, community)
    find_doors(report.open_lines, community)
    find_twins(report.open_lines)
    return report


def _lines_of_all(sheets: list[Sheet]) -> RollReport:
    report = RollReport()
    for sheet in sheets:
        if header := _header(sheet):
            report.add(sheet.title if len(sheets) > 1 else "", header, lines_of(sheet, header))
        elif sheet.rows:
            report.unread.append(sheet.title)
    if not report.sheets:
        raise unusable(say(NO_HEADER))
    return report


def _header(sheet: Sheet) -> Header | None:
    """The header of a sheet that is about people: only then it is part of a roll."""
    header = match(sheet, "resident")
    who = header.columns.keys() & {"name", "mixed"} if header else ()
    return header if who else None


def _batches(lines: list[Line]) -> list[list[Line]]:
    """The lines in portions, a family never parted; one empty portion where there are none."""
    batches: list[list[Line]] = [[]]
    for line in lines:
        last = batches[-1]
        if len(last) >= BATCH and not (line.door and line.door == last[-1].door):
            batches.append(last := [])
        last.append(line)
    return batches


def _take_in(lines: list[Line], community: Area, *, by: User, at: datetime) -> None:
    """Judge and write one batch. Somebody may register the same person in this very moment."""
    try:
        with session.begin_nested():
            known = Known(lines, community, day=clock.local_day(at))
            judge(lines, known)
            write([line for line in lines if line.state != "refused"], known, by=by, at=at)
    except IntegrityError:
        for line in lines:
            line.refuse(say("刚才有人同时登记了同一个人，这一批没有写入，请再导入一次。"))
