"""Somebody who is not on the roll yet."""

from datetime import date

import pytest

from app.domain.people import GridAssignment
from app.domain.residents import Resident
from app.intake.accept import accept
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held
from tests.cast import id_number
from tests.intake.telling import entry, refusal_of, sentence, tell, tell_and_hear

NUMBER = id_number("140106", date(1990, 4, 5), 222)


def added(kept) -> Resident:
    return session.get(Resident, kept.resident_id)


def test_an_id_number_tells_birth_and_sex(cast):
    told = {"name": "马 晓", "id_number": NUMBER.lower(), "phone": "138 0351 9999"}
    new = added(tell("resident", cast.elder.household, by=cast.worker, **told))
    assert (new.name, new.born, new.sex) == ("马 晓", date(1990, 4, 5), "2")
    assert (new.id_number, new.phone) == (NUMBER, "13803519999")
    assert (new.household_id, new.grid_id) == (cast.elder.household_id, cast.grid1.id)


def test_the_record_does_not_repeat_who_she_is(cast):
    kept = tell("resident", cast.elder.household, by=cast.worker, name="马晓", id_number=NUMBER)
    assert kept.fields == {"address": "二轻小区 2号楼 1单元 101"}


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽．买买提"])
def test_a_dot_inside_a_name_is_one_kind_of_dot(cast, name):
    new = added(tell("resident", cast.elder.household, by=cast.worker, name=name))
    assert new.name == "阿依古丽·买买提"


@pytest.mark.parametrize("name", ["𠮷野", "㛃", "王䶮", "O'Neil Anne-Marie", "Nguyễn"])
def test_rare_characters_and_foreign_names_are_names(cast, name):
    assert added(tell("resident", cast.elder.household, by=cast.worker, name=name)).name == name


@pytest.mark.parametrize("name", ["王2", "😀", "·", "<b>王</b>", "王；"])
def test_what_can_be_no_name(cast, name):
    refused = refusal_of("resident", cast.elder.household, by=cast.worker, name=name)
    assert sentence(refused, "name").startswith("姓名里只能有文字和间隔点")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("14010619900405222", "身份证号应为18位，现在是17位。"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "身份证号校验不通过，请逐位核对。"),
        ("140106209904052226", "身份证号里的出生日期 2099-04-05 不对。"),
        ("140106900405222", "这是15位的旧号码，请按现在的证件填写18位号码。"),
    ],
)
def test_an_impossible_id_number(cast, number, why):
    refused = refusal_of(
        "resident", cast.elder.household, by=cast.worker, name="马晓", id_number=number
    )
    assert sentence(refused, "id_number") == why


def test_an_unknown_area_code_in_it_is_only_worth_a_second_look(cast):
    number = id_number("999999", date(1990, 4, 5), 222)
    told = {"name": "马晓", "id_number": number}
    heard = tell_and_hear("resident", cast.elder.household, by=cast.worker, **told)
    assert "999999 不在区划代码表里" in str(heard.notice)


def test_an_id_number_stands_on_the_roll_once(cast):
    told = {"name": "别人", "id_number": cast.sibling.id_number}
    refused = refusal_of("resident", cast.elder.household, by=cast.worker, **told)
    assert sentence(refused) == "这个证件号已在本社区名册里：赵**。"


def test_a_namesake_behind_the_same_door_is_the_same_person(cast):
    refused = refusal_of("resident", cast.elder.household, by=cast.worker, name="刘福")
    assert sentence(refused, "name") == "这一户已经登记过同名的居民，不必重复新增。"


def test_an_address_is_found_as_people_write_it(cast):
    new = added(tell("resident", by=cast.worker, name="马晓", address="2号楼1单元502"))
    assert new.household_id == cast.yellow.household_id


def test_an_address_that_is_not_clear_is_kept_as_written(cast):
    new = added(tell("resident", by=cast.worker, name="马晓", address="后院平房"))
    assert (new.household.address, new.household.address_known) == ("后院平房", False)
    assert new.grid_id == cast.grid1.id


def test_an_address_in_another_grid_waits_for_the_director(cast):
    written = entry("resident", name="马晓", address="2号楼1单元201")
    with pytest.raises(Held, match="归别的网格"):
        accept(written, by=cast.worker, at=clock.now())


def test_who_has_two_grids_says_which(cast):
    session.add(GridAssignment(user=cast.worker, grid=cast.grid2, begins=date(2022, 1, 1)))
    session.flush()
    refused = refusal_of("resident", by=cast.worker, name="马晓", address="后院平房")
    assert sentence(refused, "grid") == "这一项要填。"
    told = {"name": "马晓", "address": "后院平房", "grid": cast.grid2.code}
    assert added(tell("resident", by=cast.worker, **told)).grid_id == cast.grid2.id


def test_a_correction_changes_what_is_told_and_leaves_the_rest(cast):
    kept = tell("resident", cast.elder.household, by=cast.worker, name="马小", id_number=NUMBER)
    tell("resident", by=cast.worker, correcting=kept, name="马晓", phone="13803510001")
    assert (added(kept).name, added(kept).id_number) == ("马晓", NUMBER)
    assert added(kept).phone == "13803510001"


def test_taken_back_she_leaves_the_lists(cast):
    kept = tell("resident", cast.elder.household, by=cast.worker, name="马晓")
    tell("withdrawal", kept, by=cast.worker)
    assert added(kept).left_on == clock.today()


def test_a_phone_that_can_be_none(cast):
    told = {"name": "马晓", "phone": "12345"}
    refused = refusal_of("resident", cast.elder.household, by=cast.worker, **told)
    assert sentence(refused, "phone").startswith("电话应为11位手机号")
