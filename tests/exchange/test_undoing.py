"""A list is taken back, as a whole or row by row, as far as nobody has worked on it."""

import pytest
from sqlalchemy import func, select

from app.domain import lists
from app.domain.cases import open_case_of
from app.domain.residents import Resident
from app.domain.shops import Shop
from app.exchange.lists.undoing import undo, undo_row, why_stays
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.policy.checks import Try
from tests.exchange.pushed_sheets import rows_of, states_of, take_file, take_list
from tests.exchange.sheets import named, number, person, roll
from tests.pushed import asked, sent


def test_a_list_is_taken_back_as_a_whole_until_somebody_has_worked_on_it(cast):
    list_ = sent(cast)
    checks = [asked(cast, one, list_) for one in (cast.plain, cast.elder)]
    checks[0].try_again("phone", Try("phone", clock.now()), by=cast.worker, at=clock.now())
    undone = undo(list_, by=cast.director, at=clock.now())
    assert (undone.taken_back, undone.why) == (1, {lists.TRIED: 1})
    assert [check.state for check in checks] == ["open", "withdrawn"]
    assert list_.undone_at is None


def test_what_another_list_asks_too_goes_on(cast):
    first, second = sent(cast), sent(cast, question="别的问题")
    check = asked(cast, cast.plain, first)
    assert asked(cast, cast.plain, second) is check
    undo(first, by=cast.director, at=clock.now())
    assert (check.state, first.undone_at is not None) == ("open", True)
    undo(second, by=cast.director, at=clock.now())
    assert (check.state, check.task.state) == ("withdrawn", "withdrawn")


def test_a_row_is_taken_back_with_what_it_opened_and_the_others_stay(cast):
    list_ = sent(cast)
    first, second = [asked(cast, one, list_) for one in (cast.plain, cast.elder)]
    second.try_again("phone", Try("phone", clock.now()), by=cast.worker, at=clock.now())
    rows = rows_of(list_)
    undo_row(rows[0], by=cast.director, at=clock.now())
    assert (first.state, second.state) == ("withdrawn", "open")
    with pytest.raises(Refused, match="打过电话"):
        undo_row(rows[1], by=cast.director, at=clock.now())
    assert states_of(list_) == ["undone", "work"] and list_.undone_at is None
    assert "已经撤回" in str(why_stays(rows[0]))


def test_a_roll_is_written_back_as_it_was(cast):
    plain, home, phone = cast.plain, cast.plain.household_id, cast.plain.phone
    moved = person(1, plain.name, 身份证号=plain.id_number, 网格="第2网格", 人员类别="常住")
    elder = person(2, "张二", 身份证号=None, 人员类别="独居老人")
    kept = take_file("resident", roll(moved, elder), cast=cast, name="名册.xlsx")
    assert states_of(kept) == ["updated", "added"]
    assert plain.household_id != home and open_case_of(named("张二").id, "elder")
    assert undo(kept, by=cast.director, at=clock.now()).stays == []
    session.commit()
    assert (plain.household_id, plain.phone, plain.category) == (home, phone, "")
    assert plain.grid is cast.grid1
    assert named("张二").left_on and open_case_of(named("张二").id, "elder") is None


def test_whoever_was_changed_since_stays(cast):
    plain = cast.plain
    kept = take_file(
        "resident", roll(person(1, plain.name, 身份证号=plain.id_number), person(2)), cast=cast
    )
    plain.set_phone("13900001111")
    session.commit()
    undone = undo(kept, by=cast.director, at=clock.now())
    assert (undone.taken_back, undone.why) == (1, {"这位居民的信息后来又改过": 1})
    assert plain.phone == "13900001111"


def test_a_shop_is_what_it_was_and_a_new_one_goes(cast):
    heads = ["店铺名称", "联系电话", "统一社会信用代码", "网格"]
    row = ["老李面馆", "13911112222", "92140106MA0ABCDE1X", "第1网格"]
    take_list("shop", heads, row, cast=cast)
    rows = [row[0], "13911113333", *row[2:]], ["小王理发", "13911114444", "", "第1网格"]
    kept = take_list("shop", ["门店"], heads, *rows, cast=cast)
    assert states_of(kept) == ["updated", "added"]
    undo(kept, by=cast.director, at=clock.now())
    session.flush()
    shop = session.scalars(select(Shop)).one()
    assert (shop.name, shop.phone) == ("老李面馆", "13911112222")


def test_who_came_with_a_list_stays_where_she_is_needed(cast):
    heads = ["姓名", "身份证号", "赋码原因", "现住址"]
    row = ["张一", number(1), "时空伴随", "二轻小区2-1-601"]
    kept = take_list("yellow", heads, row, cast=cast)
    check = take_list("check", heads, row, cast=cast)
    undo(kept, by=cast.director, at=clock.now())
    assert (named("张一").left_on, states_of(check)) == (None, ["work"])
    assert session.scalar(select(func.count()).select_from(Resident)) == 7
