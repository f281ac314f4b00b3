"""A list is worked through by whoever is at it, one at a time, and also when nobody looks."""

from app.cli.work import Worker
from app.domain import shifts
from app.exchange.lists.going_on import go_on, left_of
from app.exchange.lists.receiving import Came, read_list, receive
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.exchange.sheets import number, workbook

HEADS = ["姓名", "身份证号", "电话", "住址"]


def kept_list(cast) -> int:
    """Three people whom nobody has worked on yet, as when the page was closed at once."""
    names = ("牛大", "牛二", "牛三")
    people = [[name, number(n), "", "二轻小区2号楼1单元502"] for n, name in enumerate(names)]
    came = Came("名单.xlsx", workbook([HEADS, *people]), "check", "街道防控办")
    reading = read_list(came.name, came.content, came.kind)
    return receive(came, reading, cast.home, by=cast.director, at=clock.now()).id


def test_a_list_whose_page_is_closed_is_finished_by_flask_work(app, cast):
    list_id = kept_list(cast)
    assert left_of(list_id) == 3
    session.commit()
    Worker(app).look_at_the_lists()
    assert left_of(list_id) == 0


def test_two_never_work_on_one_list(app, cast):
    list_id, other = kept_list(cast), new_id()
    shifts.take_shift(f"list {list_id}", other, at=clock.now())
    session.commit()
    assert go_on(list_id, by=cast.director, at=clock.now(), seconds=5) == 3
    shifts.end_shift(f"list {list_id}", other)
    session.commit()
    assert go_on(list_id, by=cast.director, at=clock.now(), seconds=5) == 0
