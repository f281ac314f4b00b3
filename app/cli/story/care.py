"""The elders of the story: who is put on the roll, and why."""

from random import Random

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.cli.story.week import Community
from app.domain.residents import Resident

OLD = 60
VERY_OLD = 80


def put_elders_on_roll(
    community: Community, residents: list[Resident], calendar: Calendar, dice: Random
) -> set[int]:
    """Put so many elders on the roll on the first day; the ids of those chosen.

    Those who live alone come first, the oldest before all, then couples among
    themselves.
    """
    chosen = _by_need(residents, calendar)[: community.life.elders]
    hand = Hand(dice)
    for n, (resident, elder_class) in enumerate(chosen):
        at = calendar.at(calendar.past[0], 6.0 + 1.0 * n / len(chosen))
        fields = {"reason": elder_class}
        if resident.age_on(calendar.today) >= VERY_OLD and dice.random() < 0.5:
            fields["high_risk"] = "y"
        hand.write(
            "elder_roll",
            by=community.director,
            at=at,
            subject={"resident_id": resident.id},
            **fields,
        )
    return {resident.id for resident, _class in chosen}


def _by_need(residents: list[Resident], calendar: Calendar) -> list[tuple[Resident, str]]:
    homes: dict[int, list[Resident]] = {}
    for resident in residents:
        homes.setdefault(resident.household_id, []).append(resident)
    found = []
    for members in homes.values():
        ages = [member.age_on(calendar.today) for member in members]
        if min(ages) >= OLD and len(members) <= 2:
            found.append((members[0], "lone" if len(members) == 1 else "empty_nest"))
    return sorted(found, key=lambda pair: (pair[1] != "lone", pair[0].born, pair[0].id))
