"""The order in which the story is told."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random

from sqlalchemy import select

from app.cli.story import care, families, given, houses, lists, staff, trouble
from app.cli.story.days import Calendar
from app.cli.story.week import Community, Life, Week, plan_again
from app.domain import regime
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area, Household, area_by_code
from app.domain.residents import Resident
from app.exchange import area_list
from app.lib import clock
from app.lib.db import session

STREET = ("140106001", "迎泽街道")
HOME = ("140106001002", "南内环街二社区")
NEXT_DOOR = ("140106001003", "桃园北社区")
HOME_LIFE = Life(yellow_a_day=7, returns_a_day=17, yellow_open=37, returns_open=112, elders=91)
QUIET_LIFE = Life(yellow_a_day=1, returns_a_day=1, yellow_open=3, returns_open=6, elders=8)


def tell(calendar: Calendar, password: str, dice: Random, life: Life = HOME_LIFE) -> None:
    """Write the whole story into an empty database; the caller commits.

    `life` is how much happens in the community that the story is about.
    """
    with clock.stopped_at(calendar.at(calendar.past[0], 5)):
        places = _places()
        homes = {
            "home": houses.build(places["home"], houses.GRIDS, dice),
            "next_door": houses.build(places["next_door"], houses.NEXT_DOOR, dice),
        }
        people = staff.hire(places, password, calendar.past[0])
        residents = _settle(homes, calendar, dice)
        regime.adopt(places["city"], "ninth", why="演示", by=people["admin"], at=clock.now())
    communities = _communities(places, people, life)
    list(_live(communities["next_door"], residents["next_door"], calendar, dice))
    for day in _live(communities["home"], residents["home"], calendar, dice):
        trouble.past_incident(communities["home"], day, calendar, dice)
    _this_morning(communities["home"], calendar, dice)
    plan_again(communities.values(), calendar.told_at)


def _places() -> dict[str, Area]:
    area_list.read_areas(area_list.SHIPPED.read_bytes())
    district = area_by_code("140106")
    street = Area.add(code=STREET[0], name=STREET[1], level="subdistrict", parent=district)
    return {
        "city": area_by_code("140100"),
        "district": district,
        "street": street,
        "home": Area.add(code=HOME[0], name=HOME[1], level="community", parent=street),
        "next_door": Area.add(
            code=NEXT_DOOR[0], name=NEXT_DOOR[1], level="community", parent=street
        ),
    }


def _settle(
    homes: dict[str, list[Household]], calendar: Calendar, dice: Random
) -> dict[str, list[Resident]]:
    numbers = count(1)
    settled = {
        name: list(families.settle(doors, calendar.today, numbers, dice))
        for name, doors in homes.items()
    }
    for people in settled.values():
        session.add_all(people)
    session.flush()
    return settled


def _communities(
    places: dict[str, Area], people: dict[str, User], life: Life
) -> dict[str, Community]:
    def workers(name: str) -> list[User]:
        wanted = (name, "worker")
        return [people[p.login] for p in staff.POSTS if (p.place, p.role) == wanted]

    home = Community(places["home"], people["zhangmin"], workers("home"), life)
    next_door = Community(places["next_door"], people["hewei"], workers("next_door"), QUIET_LIFE)
    return {"home": home, "next_door": next_door}


def _live(
    community: Community, residents: list[Resident], calendar: Calendar, dice: Random
) -> Iterator[date]:
    """Live a community's week; each past day is given out before it is closed."""
    on_roll = care.put_elders_on_roll(community, residents, calendar, dice)
    yield from Week(community, calendar, dice, spared=on_roll).live()


def _this_morning(community: Community, calendar: Calendar, dice: Random) -> None:
    elder = session.scalar(
        select(Case)
        .where(Case.community_id == community.area.id, Case.kind == "elder")
        .order_by(Case.id)
    )
    trouble.this_mornings_incidents(community, elder, calendar, dice)
    given.this_mornings_work(community, elder, calendar, dice)
    lists.last_nights_list(community, calendar, dice)
