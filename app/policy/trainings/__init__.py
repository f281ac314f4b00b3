"""Training cards: two to five screens about a new rule, dated as the rules are.

A file of this folder holds `[[training]]` entries with their `[[training.screen]]`s. A
training explains an edition of the rules and is shown where that edition is in force,
to the roles it names, from one day to another.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from app.policy.roles import ROLES
from app.policy.rulebook import RULES

SCREENS = range(2, 6)


class BadTraining(ValueError):
    """An entry that cannot be read; says where it stands and what is wrong."""


@dataclass(frozen=True, slots=True)
class Screen:
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Training:
    """`since` and `until` are the first and the last day on which it is shown."""

    key: str
    words: str
    edition: str
    roles: tuple[str, ...]
    since: date
    until: date
    source: str
    screens: tuple[Screen, ...]

    def is_for(self, role: str, edition: str, day: date) -> bool:
        here = role in self.roles and edition == self.edition
        return here and self.since <= day <= self.until


def trainings_for(role: str, edition: str, day: date) -> list[Training]:
    """What a role is shown on a day where an edition is in force, the newest first."""
    found = [one for one in TRAININGS.values() if one.is_for(role, edition, day)]
    return sorted(found, key=lambda one: one.since, reverse=True)


def load() -> dict[str, Training]:
    """Read and check every file; raises BadTraining."""
    paths = files("app.policy").joinpath("trainings").iterdir()
    texts = [
        path.read_text("utf-8")
        for path in sorted(paths, key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    return _by_key(_read(one) for text in texts for one in tomllib.loads(text)["training"])


def _by_key(found: Iterable[Training]) -> dict[str, Training]:
    known: dict[str, Training] = {}
    for one in found:
        if one.key in known:
            raise BadTraining(f"{one.key}: there twice")
        known[one.key] = one
    return known


def _read(entry: dict[str, Any]) -> Training:
    where = entry.get("key", "a training without a key")
    try:
        screens = tuple(Screen(one["words"], one["meaning"]) for one in entry["screen"])
        read = Training(
            entry["key"],
            entry["words"],
            entry["edition"],
            tuple(entry["roles"]),
            entry["from"],
            entry["to"],
            entry["source"],
            screens,
        )
    except KeyError as missing:
        raise BadTraining(f"{where}: {missing} missing") from None
    if len(screens) not in SCREENS:
        raise BadTraining(f"{where}: two to five screens")
    if read.edition not in RULES.editions or not set(read.roles) <= ROLES.keys():
        raise BadTraining(f"{where}: no such edition or role")
    if read.until < read.since:
        raise BadTraining(f"{where}: it ends before it begins")
    return read


TRAININGS = load()
