"""A long list as a sender makes it, and the community it is sent to: everybody is invented.

Half of those in the list live behind known doors and are on the roll; the others are new
behind them. No two have the same name and number.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.domain.places import Area, Building, Household, Room, Unit
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session
from tests.cast import id_number

HEADS = ["序号", "姓名", "身份证号", "联系电话", "现住址"]
# What a kind asks beside who it is: its columns, and what stands in the row of a number.
KINDS: dict[str, tuple[list[str], Any]] = {
    "check": (["核查内容"], lambda n: ["近期是否离并"]),
    "returnee": (
        ["返并时间", "来自", "车次", "管控措施"],
        lambda n: [f"10.{1 + n % 5}", FROM[n % len(FROM)], f"D{5000 + n % 900}", "3天3检"],
    ),
    "yellow": (["赋码原因", "赋码时间"], lambda n: ["未按时参加核酸", f"10.{1 + n % 5}"]),
    "elder": (["人员类别"], lambda n: [("独居", "空巢", "失能")[n % 3]]),
    "test": (["采样时间", "检测结果"], lambda n: ["10.5", "未检" if n % 20 == 0 else "阴性"]),
}
FROM = ("吕梁离石", "西安", "大同市", "北京朝阳区", "郑州", "运城盐湖区")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国文玉志红春梅"
BUILDINGS, UNITS, FLOORS, DOORS = 30, 3, 16, 2


def rows(kind: str, count: int) -> Iterator[list[Any]]:
    """The header, then so many people."""
    heads, rest = KINDS[kind]
    yield HEADS + heads
    for n in range(count):
        building, unit, room = _door(n)
        where = f"二轻小区{building}号楼{unit}单元{room}"
        yield [n + 1, _name(n), _number(n), _phone(n), where, *rest(n)]


def settle(community: Area, grid: Area, count: int) -> None:
    """Put every second one of them on the roll, each behind the right door."""
    homes = _homes(community, grid)
    people = []
    for n in range(0, count, 2):
        one = Resident(community_id=community.id, grid_id=grid.id, created_at=clock.now())
        one.household_id, one.born, one.sex = homes[_door(n)], _born(n), "1"
        one.set_name(_name(n))
        one.set_id_number(_number(n))
        one.set_phone(_phone(n))
        people.append(one)
    session.bulk_save_objects(people)
    session.commit()


def _homes(community: Area, grid: Area) -> dict[tuple[int, int, str], int]:
    found = {}
    for number in range(101, 101 + BUILDINGS):
        building = Building(
            community_id=community.id, grid_id=grid.id, compound="二轻小区", name=f"{number}号楼"
        )
        for unit_number in range(1, 1 + UNITS):
            unit = Unit(building=building, name=f"{unit_number}单元")
            for room in _rooms():
                door = Room(unit=unit, name=room, floor=int(room[:-2]))
                home = Household(community_id=community.id, grid_id=grid.id, building=building)
                home.unit, home.room = unit, door
                home.address = f"二轻小区 {number}号楼 {unit_number}单元 {room}"
                home.walk = f"二轻小区/{number}/{unit_number:02}/{int(room):04}"
                session.add(home)
                found[number, unit_number, room] = home
    session.flush()
    return {door: home.id for door, home in found.items()}


def _rooms() -> list[str]:
    return [f"{floor}{door:02}" for floor in range(1, FLOORS + 1) for door in range(1, DOORS + 1)]


def _door(n: int) -> tuple[int, int, str]:
    rooms = FLOORS * DOORS
    home = n * 7 % (BUILDINGS * UNITS * rooms)
    return 101 + home // rooms // UNITS, 1 + home // rooms % UNITS, _rooms()[home % rooms]


def _name(n: int) -> str:
    most = len(GIVEN)
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // 20 % most] + GIVEN[n // 20 // most % most]


def _born(n: int) -> date:
    return date(1930 + n // 1000 % 70, 1 + n % 12, 1 + n % 28)


def _number(n: int) -> str:
    return id_number("140106", _born(n), n % 1000)


def _phone(n: int) -> str:
    return f"1390{n:07d}"
