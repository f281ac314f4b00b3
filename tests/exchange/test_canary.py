"""The order of the rows says who took a list along, also where its mark was cut off."""

from datetime import date

from openpyxl import Workbook

from app.domain.audit import AuditEntry
from app.domain.residents import Resident
from app.exchange.canary import in_order, who_took
from app.lib.db import session
from tests.cast import resident
from tests.exports import in_full

NAMES = [f"{family}{given}" for family in "赵钱孙李周吴郑王" for given in "伟芳娜敏静丽强磊"]


def itself(name: str) -> str:
    return name


def test_each_number_has_its_own_order_of_neighbours(app):
    orders = {tuple(in_order(NAMES, itself, number)) for number in range(20)}
    assert len(orders) == 20
    for order in orders:
        pairs = zip(NAMES[::2], NAMES[1::2], order[::2], order[1::2], strict=True)
        assert all({a, b} == {c, d} for a, b, c, d in pairs)


def test_a_part_of_a_list_leads_to_who_took_it(app):
    exports = [AuditEntry(id=number, who=f"u{number}") for number in range(1, 200)]
    leaked = in_order(NAMES, itself, 77)
    for part in (leaked, leaked[3:], leaked[:46], leaked[5:51]):
        best, second, *_rest = who_took(part, exports)
        assert (best.entry.id, best.is_sure, second.is_sure) == (77, True, False)
    assert not who_took(NAMES[::-1], exports)[0].is_sure


def test_a_list_with_whole_names_is_traced_without_its_mark(client_of, cast, app, tmp_path):
    for n, name in enumerate(NAMES[:44]):
        resident(cast.grid1, name, "1", date(1980, 1, 1), room=f"{11 + n}01")
    session.commit()
    desk = client_of(cast.director)
    book = in_full(desk, "/ledgers/resident/full")
    desk.post("/ledgers/resident/export")
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]
    names = {person.name for person in session.query(Resident).filter_by(community_id=cast.home.id)}
    assert {row[1] for row in rows} == names
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=int)
    copied = Workbook()
    for row in rows[2:]:
        copied.active.append([row[1], row[4]])
    copied.save(tmp_path / "chat.xlsx")
    first = session.query(AuditEntry).filter_by(action="exported").first()
    said = app.test_cli_runner().invoke(args=["whose", str(tmp_path / "chat.xlsx")]).output
    assert said.splitlines()[0].startswith(f"编号{first.id} zhangmin")
    assert "就是这份" in said.splitlines()[0] and "就是这份" not in said.splitlines()[1]
