"""From a file to a list that is kept: its tables found, its rows understood and stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain import audit, column_matches, lists
from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import PushedList
from app.exchange.batches import Slices, done_with_batch, only_reading
from app.exchange.columns import Header, field_of, match, parted
from app.exchange.columns.matching import key_of
from app.exchange.lists.doors import Place, names_another, place_lines
from app.exchange.lists.row import Row, keep
from app.exchange.lists.understanding import Understood, understand
from app.exchange.roll.reading import read_roll, told_by
from app.exchange.rows.cells import lines_of
from app.exchange.rows.line import Line
from app.exchange.rows.titles import about
from app.exchange.sheet import Sheet, unusable
from app.exchange.tables import read_tables
from app.exchange.values.text import text
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.policy.permissions import Permission, may

NO_TABLE = N_("没有找到表头：要有一行写着“姓名”或“电话”“身份证号”“店名”等列名。")
ONE_EACH = N_("这像是一人一张的登记表，认不出哪一行是谁。请做成一行一个人的表再交。")
NO_ROWS = N_("只有表头，下面一行也没有。")
HEADINGS = 2  # among those who are said to be people


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet that was read: its header and its lines."""

    sheet: Sheet
    header: Header
    lines: list[Line]


@dataclass
class Reading:
    """A file as a list of one kind: the tables in it, the sheets that are none."""

    kind: str
    tables: list[Table] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    remarks: list[Say] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for table in self.tables for line in table.lines]

    @property
    def skipped(self) -> int:
        return sum(line.state == "skipped" for line in self.lines)


def read_list(
    name: str, content: bytes, kind: str, chosen: Mapping[str, str] | None = None
) -> Reading:
    """The file as a list of this kind; Refused where there is no table in it."""
    sheets = read_tables(name, content)
    reading = Reading(kind)
    for sheet in [part for one in sheets for part in parted(one, kind)]:
        header = match(sheet, kind, chosen)
        if header is None:
            reading.unread += [sheet.title] if sheet.rows else []
            continue
        lines = lines_of(sheet, header, kind)
        if _is_a_form(lines, kind):
            raise unusable(say(ONE_EACH))
        for line in lines:
            line.sheet = _called(sheet, among=len(sheets))
        reading.tables.append(Table(sheet, header, lines))
    reading.remarks = list(dict.fromkeys(remark for sheet in sheets for remark in sheet.remarks))
    if not reading.tables:
        raise unusable(say(NO_TABLE))
    if not reading.lines:
        raise unusable(say(NO_ROWS))
    return reading


def _is_a_form(lines: list[Line], kind: str) -> bool:
    """Whether 身份证号 and 联系电话 stand one below the other where people should."""
    names = (line.told.get("name", "") for line in lines if not line.is_judged)
    return sum(field_of(name, kind) is not None for name in names) >= HEADINGS


def _called(sheet: Sheet, *, among: int) -> str:
    """How a table is told from the others of its file; one alone needs no name."""
    title = sheet.title[:50] if among > 1 else ""
    return f"{title}〔{sheet.part}〕" if sheet.part else title


@dataclass(frozen=True, slots=True)
class Came:
    """What is said of a list beside its rows; `reason` is for those that name none."""

    name: str
    content: bytes
    kind: str
    sender: str = ""
    question: str = ""
    reason: str = ""
    deadline_at: datetime | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)


def receive(came: Came, reading: Reading, community: Area, *, by: User, at: datetime) -> PushedList:
    """Keep the list and its rows, none of them worked on yet; commits in small steps.

    Refused for who may not. The same file again is the list that is there already.
    """
    refuse_others(community, by=by)
    with only_reading():
        rows = understood_rows(reading, community, came, at=at)
    before = lists.same_file(came.kind, community, came.content)
    if before is not None:
        return before
    kept = _keep(came, community, by=by, at=at)
    note = f"list {came.kind}, {len(rows)} rows"
    audit.note("imported", by=by, at=at, target=f"area:{community.id}", reason=note)
    column_matches.remember(community, came.kind, came.sender, came.chosen, by=by, at=at)
    list_id = kept.id
    done_with_batch()
    slices = Slices()
    while rows:
        with slices.one():
            keep(rows[: slices.size], list_id)
            del rows[: slices.size]
    return session.get(PushedList, list_id)


def refuse_others(community: Area, *, by: User) -> None:
    if not may(by.role, Permission.IMPORT_ROLL) or by.area_id != community.id:
        raise Refused(say("只有本社区的负责人可以导入名单。"))


def understood_rows(reading: Reading, community: Area, came: Came, *, at: datetime) -> list[Row]:
    """The rows of the list as they will be kept; those in error are refused already."""
    open_lines = [line for line in reading.lines if not line.is_judged]
    if reading.kind == "resident":
        found = _of_the_roll(open_lines, community)
    else:
        found = _of_others(open_lines, community, reading.kind, near=clock.local_day(at))
    rows = []
    for table in reading.tables:
        told = {"about": about(table.sheet, table.header, came.name)}
        for line in table.lines:
            if id(line) in found:
                read, place = found[id(line)]
                read.told |= told | ({"usual": came.reason} if came.reason else {})
                rows.append(_row(line, read, place))
    return rows


def _of_others(
    lines: list[Line], community: Area, kind: str, *, near: date
) -> dict[int, tuple[Understood, Place]]:
    """What each line says and where that is, by the line's `id()`."""
    places = place_lines(lines, community, kind)
    found = {}
    for line in lines:
        read = understand(line, kind, near=near)
        place = Place() if names_another(read.told, community) else places[id(line)]
        found[id(line)] = read, place
    return found


def _of_the_roll(lines: list[Line], community: Area) -> dict[int, tuple[Understood, Place]]:
    """The same of the community's own roll, whose lines are read together."""
    read_roll(lines, community)
    found = {}
    for line in lines:
        read = Understood(told_by(line), remarks=line.warnings)
        read.errors = line.why if line.state == "refused" else []
        read.said_above = line.why[0] if line.state == "skipped" else None
        grid = None if names_another(read.told, community) else line.grid
        found[id(line)] = read, Place(grid_id=grid.id if grid else None)
    return found


def _row(line: Line, read: Understood, place: Place) -> Row:
    told = dict(read.told)
    if read.remarks:
        told["remarks"] = [one.as_json() for one in read.remarks]
    if place.door and not place.household_id:
        door = place.door
        told["door"] = [door.compound, door.building, door.unit, door.room]
    row = Row(None, sheet=line.sheet[:60], number=line.number)
    row.household_id, row.grid_id = place.household_id, place.grid_id
    row.cells = [text(cell) for cell in line.cells]
    row.understood = told
    if read.errors:
        row.state, row.reason = "refused", joined(read.errors).as_json()
    elif read.said_above:
        row.state, row.reason = "known", read.said_above.as_json()
    return row


def joined(sentences: list[Say]) -> Say:
    """Several sentences as one."""
    first, *rest = sentences
    for one in rest:
        first = say("%(first)s %(then)s", first=first, then=one)
    return first


def columns_of(reading: Reading) -> list[dict[str, Any]]:
    """The match as a program reads it: for each sheet and column what it holds and how sure."""
    return [
        {
            "sheet": table.sheet.title,
            "column": column + 1,
            "name": name,
            "key": key_of(column, name),
            "field": table.header.field_at(column),
            "sure": table.header.sure.get(column),
        }
        for table in reading.tables
        for column, name in enumerate(table.header.names)
    ]


def _keep(came: Came, community: Area, *, by: User, at: datetime) -> PushedList:
    return lists.receive(
        came.kind,
        community,
        name=came.name,
        sender=came.sender,
        question=came.question,
        file=came.content,
        deadline_at=came.deadline_at,
        by=by,
        at=at,
    )
