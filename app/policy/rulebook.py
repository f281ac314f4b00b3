"""The rulebook: which rule holds for what, under which edition, where and when.

How an entry is found. Of the entries of a kind and key, those of the edition
asked for come first, those of edition "any" otherwise; of these the ones whose
jurisdiction covers the place; of these the ones in force on the day; of these the
most specific jurisdiction; of these the newest.

A place may follow an edition outside its own days: a city that lags, a drill in
another year. For the edition's entries the day is then the edition's nearest one
(`Edition.nearest_day`), so the rules hold as they stood on its last day. Where even
so none is in force, the newest entry of the edition answers: a lookup by an edition
never fails for a key the edition has. Entries of edition "any" keep the real day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType

from app.lib.words import say
from app.policy.reading import BadRule, read_editions, read_files, read_rule
from app.policy.rule import ANY, Edition, NoRule, Reason, Rule

__all__ = ["RULES", "BadRule", "Edition", "NoRule", "Reason", "Rule", "Rulebook", "load"]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules, read once and never changed. `editions` by key, oldest first."""

    editions: Mapping[str, Edition]
    entries: tuple[Rule, ...]

    def edition_on(self, day: date) -> str:
        """The key of the edition in force on a day; before the first one, the first."""
        begun = [edition.key for edition in self.editions.values() if edition.since <= day]
        return begun[-1] if begun else next(iter(self.editions))

    @lru_cache(maxsize=512)  # noqa: B019 - the rulebook lives as long as the program
    def reasons(
        self, case_kind: str, edition: str, jurisdiction: str, day: date
    ) -> tuple[Reason, ...]:
        """The closed list of reasons for a case of a kind, in the order of the data.

        For "incident" these are the kinds of incident. Empty where the edition has none.
        """
        keys = {
            rule.key: None
            for rule in self.entries
            if rule.kind == case_kind
            and rule.edition in (edition, ANY)
            and rule.covers(jurisdiction)
            and rule.holds_on(self._day(rule, day))
        }
        found = (self.rule(case_kind, key, edition, jurisdiction, day) for key in keys)
        return tuple(_reason(rule) for rule in found)

    def reason(
        self, case_kind: str, key: str, edition: str, jurisdiction: str, day: date
    ) -> Reason:
        """One item of the closed list; raises NoRule where it is not on it."""
        for reason in self.reasons(case_kind, edition, jurisdiction, day):
            if reason.key == key:
                return reason
        raise NoRule(say("规则版本“%(edition)s”里没有“%(key)s”。", edition=edition, key=key))

    @lru_cache(maxsize=4096)  # noqa: B019
    def rule(self, kind: str, key: str, edition: str, jurisdiction: str, day: date) -> Rule:
        """The rule that holds; raises NoRule."""
        of_key = self._by_key.get((kind, key), ())
        covering = [rule for rule in of_key if rule.covers(jurisdiction)]
        own = [rule for rule in covering if rule.edition == edition]
        fitting = own or [rule for rule in covering if rule.edition == ANY]
        in_force = [rule for rule in fitting if rule.holds_on(self._day(rule, day))]
        if fitting:
            return _best(in_force or fitting)
        raise NoRule(say("规则版本“%(edition)s”里没有“%(key)s”。", edition=edition, key=key))

    def appeal(self, edition: str, jurisdiction: str, day: date) -> Rule:
        """How somebody who is under a measure may object."""
        return self.rule("appeal", "measures", edition, jurisdiction, day)

    def by_id(self, id: str) -> Rule:
        """The rule that a case or a task names; raises NoRule."""
        if id in self._by_id:
            return self._by_id[id]
        raise NoRule(say("规则库里没有“%(key)s”。", key=id))

    def _day(self, rule: Rule, day: date) -> date:
        """The day to look at: an edition's own nearest one, or simply `day`."""
        edition = self.editions.get(rule.edition)
        return edition.nearest_day(day) if edition else day

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], list[Rule]]:
        index = defaultdict(list)
        for rule in self.entries:
            index[rule.kind, rule.key].append(rule)
        return index

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.entries}


def load() -> Rulebook:
    """Read and check every rules file; raises BadRule."""
    editions, entries = [], []
    for name, content in read_files():
        editions += read_editions(name, content.pop("edition", []))
        entries += [read_rule(name, kind, one) for kind, many in content.items() for one in many]
    editions.sort(key=lambda edition: edition.since)
    _check(editions, entries)
    by_key = {edition.key: edition for edition in editions}
    return Rulebook(MappingProxyType(by_key), tuple(entries))


def _check(editions: list[Edition], entries: list[Rule]) -> None:
    known = {ANY, *(edition.key for edition in editions)}
    seen: set[str] = set()
    for rule in entries:
        if rule.edition not in known:
            raise BadRule(f"{rule.id}: no such edition")
        if rule.id in seen:
            raise BadRule(f"{rule.id}: there twice")
        seen.add(rule.id)


def _best(rules: Iterable[Rule]) -> Rule:
    return max(rules, key=lambda rule: (len(rule.area), rule.since))


def _reason(rule: Rule) -> Reason:
    code = getattr(rule.params, "code", "")
    label = getattr(rule.params, "label", "")
    return Reason(rule.key, rule.words, rule.meaning, rule.id, code, label)


RULES = load()
