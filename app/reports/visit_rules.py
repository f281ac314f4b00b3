"""How often elders are contacted in each situation, in words, by the rules in force at a place."""

from datetime import date

from app.domain.places import Area
from app.domain.regime import SITUATIONS, edition_at, jurisdiction_of
from app.lib.words import N_, Say, say
from app.policy.params import Visits
from app.policy.rulebook import RULES, NoRule

ORDINARY = "ordinary"
GROUPS = {"high": N_("高风险老人"), "key": N_("重点老人"), "general": N_("一般老人")}


def how_often(area: Area, day: date) -> dict[str, list[tuple[str, Say]]]:
    """(group, how often) by situation, ordinary days first."""
    edition, jurisdiction = edition_at(area, day), jurisdiction_of(area)

    def of(group: str, situation: str) -> Say:
        try:
            rule = RULES.rule("visit", f"{group}/{situation}", edition, jurisdiction, day)
        except NoRule as missing:
            return missing.say
        return in_words(rule.params)

    return {
        situation: [(words, of(group, situation)) for group, words in GROUPS.items()]
        for situation in (ORDINARY, *SITUATIONS)
    }


def in_words(visits: Visits) -> Say:
    """每天 2 次, 每天 1 次, 每 7 天 1 次."""
    if visits.slots:
        return say("每天 %(n)s 次", n=len(visits.slots))
    if visits.interval_days <= 1:
        return say("每天 1 次")
    return say("每 %(n)s 天 1 次", n=visits.interval_days)
