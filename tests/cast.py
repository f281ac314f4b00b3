"""The small cast that every test knows, in a place of two grids and a neighbour.

李娜 works grid 1, 周强 grid 2; 张敏 is their deputy director, 郭书记 their secretary.
孙丽 and her director 何伟 belong to the next community and must see nothing of ours.
刘福 is 83 and lives alone, 王建国 has a yellow code, 张晓 came back from 吕梁.
All of them are invented.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from app.domain import care, codes, regime, returnees, sign_in
from app.domain.cases import Case
from app.domain.people import GridAssignment, User
from app.domain.places import Area, Building, Household, Room, Unit
from app.domain.recording import Deed
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id

MORNING = datetime(2022, 10, 6, 2, 30, tzinfo=UTC)  # 10:30 in Taiyuan
PASSWORD = "三晋-grid-2022"  # noqa: S105


@dataclass
class Cast:
    """The ids of everybody, so that each test loads them into its own session."""

    ids: dict[str, tuple[type, int]] = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            model, row_id = self.ids[name]
        except KeyError:
            raise AttributeError(name) from None
        return session.get(model, row_id)


def assemble() -> Cast:
    """Write the place and its people into an empty database."""
    rows: dict[str, object] = {}
    rows |= _places()
    rows |= _people(rows)
    rows |= _residents(rows)
    rows |= _cases(rows)
    session.commit()
    return Cast({name: (type(row), row.id) for name, row in rows.items()})


def _places() -> dict[str, object]:
    city = Area.add(code="140100", name="太原市", level="city", parent=None)
    district = Area.add(code="140106", name="迎泽区", level="district", parent=city)
    street = Area.add(code="140106001", name="迎泽街道", level="subdistrict", parent=district)
    home = Area.add(code="140106001002", name="南内环街二社区", level="community", parent=street)
    next_door = Area.add(code="140106001003", name="桃园北社区", level="community", parent=street)
    grid1 = Area.add(code="1401060010020001", name="第1网格", level="grid", parent=home)
    grid2 = Area.add(code="1401060010020002", name="第2网格", level="grid", parent=home)
    grid3 = Area.add(code="1401060010030001", name="第1网格", level="grid", parent=next_door)
    return dict(
        city=city, district=district, street=street, home=home, next_door=next_door,
        grid1=grid1, grid2=grid2, next_grid=grid3,
    )  # fmt: skip


def _people(place: dict[str, Area]) -> dict[str, User]:
    people = {
        "worker": _user("lina", "李娜", "网格员", "worker", place["home"]),
        "colleague": _user("zhouqiang", "周强", "网格员", "worker", place["home"]),
        "director": _user("zhangmin", "张敏", "副主任", "director", place["home"]),
        "secretary": _user("guoshuji", "郭玉兰", "书记", "director", place["home"]),
        "neighbour": _user("sunli", "孙丽", "网格员", "worker", place["next_door"]),
        "next_director": _user("hewei", "何伟", "主任", "director", place["next_door"]),
        "official": _user("street", "贺鹏", "街道干部", "official", place["street"]),
        "city_official": _user("city", "任静", "市级干部", "official", place["city"]),
        "admin": _user("admin", "管理员", "", "admin", None),
    }
    grids = {"worker": "grid1", "colleague": "grid2", "neighbour": "next_grid"}
    for who, grid in grids.items():
        session.add(GridAssignment(user=people[who], grid=place[grid], begins=date(2022, 1, 1)))
    session.flush()
    return people


def _user(login: str, name: str, title: str, role: str, area: Area | None) -> User:
    user = User(login=login, name=name, title=title, role=role, area=area)
    sign_in.set_password(user, PASSWORD)
    session.add(user)
    return user


def _residents(place: dict[str, Area]) -> dict[str, Resident]:
    return {
        "elder": resident(place["grid1"], "刘福", "1", date(1939, 3, 2), room="101"),
        "yellow": resident(place["grid1"], "王建国", "1", date(1985, 5, 20), room="502"),
        "returnee": resident(place["grid1"], "张晓", "2", date(1996, 8, 8), room="301"),
        "plain": resident(place["grid1"], "阿依古丽·买买提", "2", date(1990, 1, 1), room="302"),
        "sibling": resident(
            place["grid2"], "赵铁柱", "1", date(1970, 2, 3), room="201", compound="水利厅宿舍"
        ),
        "stranger": resident(place["next_grid"], "钱外人", "1", date(1975, 6, 7), room="401"),
    }


def resident(
    grid: Area, name: str, sex: str, born: date, *, room: str, compound: str = "二轻小区"
) -> Resident:
    """Somebody behind a door of 2号楼1单元, with a phone and an ID number of her own."""
    community = grid.parent
    building = _get_or_add(
        Building, community_id=community.id, compound=compound, name="2号楼", grid_id=grid.id
    )
    unit = _get_or_add(Unit, building_id=building.id, name="1单元")
    door = _get_or_add(Room, unit_id=unit.id, name=room, floor=int(room[:-2]))
    home = _get_or_add(
        Household,
        community_id=community.id,
        grid_id=grid.id,
        building_id=building.id,
        unit_id=unit.id,
        room_id=door.id,
        address=f"{compound} 2号楼 1单元 {room}",
        walk=f"{compound}/002/01/{int(room):04d}",
    )
    person = Resident(
        community_id=community.id, grid_id=grid.id, household=home, sex=sex, born=born
    )
    person.set_name(name)
    session.add(person)
    session.flush()
    person.set_phone(f"1380351{person.id:04d}")
    person.set_id_number(id_number("140106", born, person.id))
    session.flush()
    return person


def id_number(area: str, born: date, sequence: int) -> str:
    """A number with a right check digit, made for tests (GB 11643, ISO 7064 MOD 11-2)."""
    body = f"{area}{born:%Y%m%d}{sequence % 1000:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def _get_or_add(model: type, **columns: object):
    found = session.query(model).filter_by(**columns).first()
    if found is None:
        found = model(**columns)
        session.add(found)
        session.flush()
    return found


def _cases(rows: dict) -> dict[str, Case]:
    at = clock.at(date(2022, 10, 5), 9)
    director, day = rows["director"], date(2022, 10, 5)
    elder = care.put_on_roll(
        rows["elder"],
        regime.papers_for("elder", "lone", rows["home"], day),
        _deed("elder_roll", rows["elder"], at),
        high_risk=False,
        by=director,
        at=at,
    )
    yellow = codes.open_yellow(
        rows["yellow"],
        regime.papers_for("yellow", "missed_round", rows["home"], day),
        _deed("code_push", rows["yellow"], at),
        source="市平台推送",
        by=director,
        at=at,
    )
    back = returnees.open_return(
        rows["returnee"],
        regime.papers_for("returnee", RETURN_REASON, rows["home"], day),
        _deed("arrival", rows["returnee"], at),
        arrived_at=at,
        by=rows["worker"],
        at=at,
    )
    session.flush()
    return {
        "elder_case": elder,
        "yellow_case": yellow,
        "returnee_case": session.get(Case, back.case_id),
    }


# Where 张晓 came from: a key of the returnee list of August 2022.
RETURN_REASON = "blue1"


def _deed(kind: str, resident: Resident, at: datetime) -> Deed:
    return Deed(id=new_id(), kind=kind, at=at, outcome="", resident=resident)
