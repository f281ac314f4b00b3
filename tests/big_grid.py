"""A grid as big as they get, for limits: 600 doors, some 1,470 people, sixty things due today.

Homes and families are those of the story; phones are dealt anew, because numbers that
run on would compress better than any real ones do.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, islice
from random import Random

from app.cli.story.families import settle
from app.cli.story.houses import Block, build
from app.domain import care, codes, regime, returnees
from app.domain.people import GridAssignment, User
from app.domain.places import Area
from app.domain.recording import Deed
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.cast import RETURN_REASON, Cast

BLOCK = Block("锦绣苑", 9, 3, 6, 4)
DOORS, SEED = 600, 20221006
ELDERS, RETURNEES, CODES = 42, 3, 3


def settle_a_big_grid(cast: Cast) -> User:
    """Build it in a community of its own, and commit it; the worker whose grid it is."""
    dice = Random(SEED)
    place = Area.add(
        code="140106001004", name="锦绣苑社区", level="community", parent=cast.home.parent
    )
    homes = build(place, (("锦绣苑", (BLOCK,)),), dice)[:DOORS]
    people = list(settle(homes, clock.today(), count(1), dice))
    taken: set[str] = set()
    for person in people:
        if person.phone:
            person.set_phone(_phone(dice, taken))
    session.add_all(people)
    worker = User(login="hanmei", name="韩梅", title="网格员", role="worker", area=place)
    director = User(login="luliang", name="吕良", title="主任", role="director", area=place)
    session.add_all([worker, director])
    session.flush()
    _put_under_care(people, director)
    session.add(GridAssignment(user=worker, grid=homes[0].grid, begins=clock.today()))
    session.commit()
    return worker


def _phone(dice: Random, taken: set[str]) -> str:
    number = f"1{dice.choice(('38', '39', '35', '58', '77'))}{dice.randrange(10**8):08d}"
    return number if number not in taken and not taken.add(number) else _phone(dice, taken)


def _put_under_care(people: list[Resident], director: User) -> None:
    at = clock.now() - timedelta(days=3)
    old = (one for one in people if (one.age_on(clock.today()) or 0) >= 65)
    young = (one for one in people if 20 <= (one.age_on(clock.today()) or 0) < 60)
    for person in islice(old, ELDERS):
        papers = _papers("elder", "lone", person)
        care.put_on_roll(
            person, papers, _deed("elder_roll", person, at), high_risk=True, by=director, at=at
        )
    for person in _spread(young, RETURNEES):
        papers = _papers("returnee", RETURN_REASON, person)
        told = _deed("arrival", person, at)
        returnees.open_return(person, papers, told, arrived_at=at, by=director, at=at)
    for person in _spread(young, CODES):
        papers = _papers("yellow", "missed_round", person)
        told = _deed("code_push", person, at)
        codes.open_yellow(person, papers, told, source="市平台推送", by=director, at=at)


def _spread(people: Iterator[Resident], most: int) -> Iterator[Resident]:
    """Every fifteenth, so that they live all over the grid."""
    return islice(people, 0, most * 15, 15)


def _papers(kind: str, reason: str, person: Resident):
    return regime.papers_for(kind, reason, person.household.community, clock.today())


def _deed(kind: str, person: Resident, at) -> Deed:
    return Deed(id=new_id(), kind=kind, at=at, outcome="", resident=person)
