"""Who lives behind the doors: families of the sizes and ages of Taiyuan's census.

Sizes give 2.3 people a household; about one person in six is sixty or older
(seventh census: 16.11 %).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.cli.story import names
from app.domain.places import Household
from app.domain.residents import Resident
from app.lib.idcard import check_digit

DISTRICT = "140106"
OTHER_DISTRICTS = ("140105", "140107", "140109", "140108", "140121", "141102", "140702")


@dataclass(frozen=True, slots=True)
class Member:
    age: int
    sex: str
    relation: str


@dataclass(frozen=True, slots=True)
class Draw:
    """What chance gives one person: the day of the story, a number of her own, the dice."""

    today: date
    number: int
    taken: set[str]
    dice: Random

    def birthday(self, age: int) -> date:
        days = age * 365 + age // 4 + self.dice.randint(1, 360)
        return self.today - timedelta(days=days)


def settle(
    homes: Iterable[Household], today: date, numbers: Iterator[int], dice: Random
) -> Iterator[Resident]:
    """The residents of all homes, in the order of the doors; each takes the next number."""
    taken: set[str] = set()
    for home in homes:
        family = names.surname(dice)
        for member in _family(dice):
            name = _name(member, family, dice)
            yield _resident(home, member, name, Draw(today, next(numbers), taken, dice))


def _family(dice: Random) -> list[Member]:
    roll = dice.random()
    if roll < 0.075:
        return [Member(dice.randint(62, 90), dice.choice("1222"), "户主")]
    if roll < 0.25:
        return [Member(dice.randint(22, 58), dice.choice("112"), "户主")]
    if roll < 0.355:
        return _couple(dice.randint(60, 84), dice)
    if roll < 0.60:
        return _couple(dice.randint(26, 59), dice)
    if roll < 0.85:
        return _with_children(dice, 1)
    if roll < 0.95:
        return _with_children(dice, 2)
    return _with_children(dice, 1) + _grandparents(dice)


def _couple(age: int, dice: Random) -> list[Member]:
    return [Member(age, "1", "户主"), Member(max(age - dice.randint(0, 4), 22), "2", "配偶")]


def _with_children(dice: Random, children: int) -> list[Member]:
    age = dice.randint(29, 56)
    born = [Member(_child_age(age, dice), dice.choice("12"), "子女") for _ in range(children)]
    return _couple(age, dice) + born


def _child_age(parent: int, dice: Random) -> int:
    return max(0, parent - dice.randint(24, 32))


def _grandparents(dice: Random) -> list[Member]:
    age = dice.randint(64, 82)
    return [Member(age, "1", "父亲"), Member(age - 2, "2", "母亲")][: dice.randint(1, 2)]


def _name(member: Member, family: str, dice: Random) -> str:
    shares_name = member.relation in ("户主", "子女")
    return names.full_name(dice, member.age, member.sex, family if shares_name else None)


def _resident(home: Household, member: Member, name: str, draw: Draw) -> Resident:
    born = draw.birthday(member.age)
    person = Resident(
        community_id=home.community_id,
        grid_id=home.grid_id,
        household=home,
        sex=member.sex,
        born=born,
        relation=member.relation,
        category=_category(draw.dice),
    )
    person.set_name(name)
    person.set_id_number(_id_number(born, member.sex, draw))
    if member.age >= 14 and not (member.age > 78 and draw.dice.random() < 0.2):
        person.set_phone(f"1380000{draw.number:04d}")
    return person


def _category(dice: Random) -> str:
    return "租住" if dice.random() < 0.14 else "常住"


def _id_number(born: date, sex: str, draw: Draw) -> str:
    """The first number of this birthday, sex and place that nobody has yet."""
    area = DISTRICT if draw.dice.random() < 0.8 else draw.dice.choice(OTHER_DISTRICTS)
    for order in range(2 * (draw.number % 400) + int(sex == "1"), 1000, 2):
        body = f"{area}{born:%Y%m%d}{order:03d}"
        number = body + check_digit(body)
        if number not in draw.taken:
            draw.taken.add(number)
            return number
    raise LookupError(f"no number left for {born}")
