"""A community starts with its own roll: who comes in, who is known already, what is given back."""

from datetime import date

from sqlalchemy import func, select

from app.domain.audit import AuditEntry
from app.domain.events import Event
from app.domain.places import Building, Household, Room, Unit
from app.domain.residents import Resident
from app.exchange.lists.report import plain
from app.lib.db import session
from tests.exchange.sheets import HEADS, named, number, person, roll, states, take, whys


def counted(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_a_row_becomes_a_door_a_family_and_a_resident(app, cast):
    report = take(roll(person(1, "张一"), person(2, "张二", 房号="601", 与户主关系="配偶")), cast)
    first, second = named("张一"), named("张二")
    assert report.counts["added"] == 2
    assert first.household is second.household
    assert first.household.address == "二轻小区 2号楼 1单元 601"
    assert first.household.room.floor == 6
    assert first.grid is cast.grid1
    assert (first.id_number, first.phone, first.born) == (
        number(1),
        "13903510001",
        date(1971, 3, 4),
    )
    assert second.relation == "配偶"


def test_a_known_building_is_not_built_again(app, cast):
    doors = [counted(model) for model in (Building, Unit, Room, Household)]
    take(roll(person(1, "张一", 楼号=2, 单元="1单元", 房号=502.0)), cast)
    assert [counted(model) for model in (Building, Unit, Room, Household)] == doors
    assert named("张一").household is cast.yellow.household


def test_the_same_file_again_changes_nothing(app, cast):
    content = roll(
        person(1, "张一", 人员类别="独居老人", 身份证号=number(1, date(1940, 1, 1))),
        person(2, "张二", 身份证号=None, 电话="13903510002/13903510003"),
        person(3, "张三", 身份证号=None, 小区=None, 楼号="东头小房", 单元=None, 房号=None),
        person(4, "张四", 身份证号=None, 小区=None, 楼号=None, 单元=None, 房号=None, 网格=None),
    )
    assert states(take(content, cast)) == ["added"] * 4
    before = [counted(model) for model in (Resident, Household, Room)]
    again = take(content, cast)
    assert states(again) == ["known"] * 4, whys(again)
    assert again.elders == 0
    assert [counted(model) for model in (Resident, Household, Room)] == before


def test_the_same_number_is_the_same_person(app, cast):
    known = cast.plain
    row = person(1, known.name, 身份证号=known.id_number, 电话="13903519999", 房号="303")
    report = take(roll(row), cast)
    assert states(report) == ["updated"]
    assert counted(Resident) == 6
    assert named(known.name).phone == "13903519999"
    assert named(known.name).household.room.name == "303"


def test_an_empty_cell_erases_nothing(app, cast):
    known = cast.plain
    phone, home = known.phone, known.household_id
    blank = dict.fromkeys(HEADS[3:])
    report = take(roll(person(1, known.name, **blank | {"身份证号": known.id_number})), cast)
    assert states(report) == ["known"]
    assert (named(known.name).phone, named(known.name).household_id) == (phone, home)


def test_without_a_number_the_name_behind_the_door_counts(app, cast):
    row = person(1, "王建国", 身份证号=None, 房号="502", 电话="13903510088")
    assert states(take(roll(row), cast)) == ["updated"]
    assert counted(Resident) == 6
    assert cast.yellow.phone == "13903510088"
    assert cast.yellow.id_number is not None


def test_a_namesake_with_another_number_waits_for_a_person(app, cast):
    report = take(roll(person(1, "王建国", 房号="502")), cast)
    assert states(report) == ["doubtful"]
    assert "身份证号却不同" in whys(report)[0]
    assert counted(Resident) == 6


def test_whoever_had_no_number_gets_the_one_of_the_sheet(app, cast):
    take(roll(person(1, "张一", 身份证号=None)), cast)
    assert states(take(roll(person(1, "张一")), cast)) == ["updated"]
    assert named("张一").id_number == number(1)


def test_a_corrected_name_is_taken_and_said(app, cast):
    take(roll(person(1, "张玉蘭")), cast)
    report = take(roll(person(1, "张玉兰")), cast)
    assert states(report) == ["updated"]
    assert "姓名与名册里的张**不同" in whys(report)[0]
    assert named("张玉兰").name_initials == "zyl"


def test_one_person_on_two_rows_is_kept_once(app, cast):
    report = take(
        roll(
            person(1, "张一"),
            person(1, "张一", 房号="609"),
            person(2, "李二", 身份证号=number(1)),
            person(3, "张三", 身份证号=None),
            person(3, "张三", 身份证号=None),
        ),
        cast,
    )
    assert states(report) == ["added", "known", "refused", "added", "known"]
    assert "第 2 行" in whys(report)[1] and "姓名却不同" in whys(report)[2]
    assert "李二" not in "".join(whys(report)) and "张一" not in "".join(whys(report))


def test_a_bad_row_stops_nobody(app, cast):
    wrong = number(2)[:-1] + ("0" if number(2)[-1] != "0" else "1")
    rows = person(1, "张一"), person(2, "张二", 身份证号=wrong), person(3, "张三")
    report = take(roll(*rows), cast)
    assert states(report) == ["added", "refused", "added"]
    assert "校验不通过" in whys(report)[1]
    assert named("张二") is None and named("张三")


def test_names_with_dots_and_rare_characters_are_names(app, cast):
    names = ["阿依古丽·买买提", "阿依古丽．买买提", "\U00029f57\U00020021", "王\u3000芳"]
    names += ["欧阳娜·丽莎"]
    rows = [person(n, name, 房号=f"{610 + n}") for n, name in enumerate(names, 1)]
    assert states(take(roll(*rows), cast)) == ["added"] * 5
    assert named("王芳") and named("\U00029f57\U00020021")
    twice = session.scalars(select(Resident).where(Resident.name == "阿依古丽·买买提"))
    assert len(list(twice)) == 3  # hers of the cast among them


def test_nothing_is_said_of_a_person_to_a_program(app, cast):
    report = take(roll(person(1, "张一"), person(2, "张二", 身份证号="12345")), cast, dry=True)
    told = str([plain(row) for row in report.rows])
    assert "张" not in told and number(1) not in told
    assert plain(report.rows[1])["why"] == "身份证号应为18位，现在是5位。"


def test_looking_writes_nothing(app, cast):
    content = roll(*(person(n, f"张{'一二三四五六七八九'[n]}") for n in range(9)))
    looked = take(content, cast, dry=True)
    assert looked.counts["added"] == 9
    assert counted(Resident) == 6
    assert take(content, cast).counts == looked.counts


def test_somebody_who_left_comes_back_with_the_list(app, cast):
    cast.plain.left_on = date(2022, 9, 1)
    session.commit()
    row = person(1, cast.plain.name, 身份证号=cast.plain.id_number, 房号="302")
    report = take(roll(row), cast)
    assert states(report) == ["updated"]
    assert cast.plain.left_on is None and "搬离" in whys(report)[0]


def test_what_is_written_of_her_already_is_kept(app, cast):
    cast.plain.note = "对青霉素过敏"
    session.commit()
    heads = ("姓名", "身份证号", "备注")
    row = (cast.plain.name, cast.plain.id_number, "租户")
    assert states(take(roll(row, heads=heads), cast)) == ["updated"]
    assert states(take(roll(row, heads=heads), cast)) == ["known"]
    assert cast.plain.note == "对青霉素过敏\n租户"


def test_the_import_leaves_its_traces(app, cast):
    take(roll(person(1, "张一"), person(2, "张二", 身份证号="12345")), cast)
    event = session.scalars(select(Event).where(Event.kind == "list_received")).one()
    audit = session.scalars(select(AuditEntry).where(AuditEntry.action == "imported")).one()
    assert event.data["kind"] == "resident" and "2 rows" in audit.reason
    assert event.by_id == audit.who_id == cast.director.id
    assert event.community_id == cast.home.id


def test_a_long_roll_comes_in_portions_and_families_stay_together(app, cast):
    doors = [f"{1 + n // 20}{n // 4 % 5 + 3:02d}" for n in range(430)]
    rows = [
        person(n, f"王{chr(0x4E00 + n)}", 身份证号=None, 房号=door) for n, door in enumerate(doors)
    ]
    report = take(roll(*rows), cast)
    assert report.counts["added"] == 430
    assert counted(Resident) == 436
    assert states(take(roll(*rows), cast)) == ["known"] * 430
