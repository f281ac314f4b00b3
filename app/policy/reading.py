"""Reading `rules/*.toml`: every entry is checked, and an error names the file and the key.

A file holds arrays of entries under the name of their kind, for example
`[[yellow]]`, with their numbers in `[yellow.params]`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from importlib.resources import files
from typing import Any

from app.policy.calendar import Slot
from app.policy.labels import TRANSFERS, ArrivalLabel, HealthCode
from app.policy.params import (
    BY_KIND,
    Comeback,
    Control,
    Isolation,
    Params,
    Span,
    Try,
    Visits,
    Window,
)
from app.policy.rule import Edition, Rule

HEAD = {"key": str, "edition": str, "jurisdiction": str, "from": date, "source": str}
TEXTS = ("words", "meaning", "measure", "appeal")
LISTS = {"tests": Window, "slots": Slot, "tries": Try, "off": Span}
CHOICES = {
    "code": ("", *HealthCode),
    "label": ("", *ArrivalLabel),
    "transfer": ("", *TRANSFERS),
    "day1": ("anchor", "next"),
    "clock": ("anchor", "opened"),
    "counts": ("", "done", "refused", "unreachable"),
}


class BadRule(ValueError):
    """An entry of the rulebook that cannot be read; says where it stands and what is wrong."""


def read_files() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and content of every rules file."""
    for path in sorted(files("app.policy").joinpath("rules").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            yield path.name, tomllib.loads(path.read_text(encoding="utf-8"))


def read_editions(name: str, entries: list[dict[str, Any]]) -> Iterator[Edition]:
    """The editions of a file; raises BadRule."""
    for entry in entries:
        where = f"{name}: edition {entry.get('key')}"
        _check_head(entry, where, HEAD.keys() - {"edition", "jurisdiction"})
        yield Edition(
            entry["key"],
            entry["words"],
            entry["meaning"],
            entry["from"],
            entry.get("to"),
            entry["source"],
            entry["confidence"],
        )


def read_rule(name: str, kind: str, entry: dict[str, Any]) -> Rule:
    """One entry of a kind; raises BadRule."""
    where = f"{name}: {kind} {entry.get('key')} ({entry.get('edition')})"
    if kind not in BY_KIND:
        raise BadRule(f"{where}: no such kind of rule")
    _check_head(entry, where, HEAD.keys())
    known = {*HEAD, *TEXTS, "to", "confidence", "params"}
    if stray := entry.keys() - known:
        raise BadRule(f"{where}: unknown {', '.join(sorted(stray))}")
    return Rule(
        kind=kind,
        key=entry["key"],
        edition=entry["edition"],
        jurisdiction=entry["jurisdiction"],
        since=entry["from"],
        until=entry.get("to"),
        source=entry["source"],
        confidence=entry["confidence"],
        params=_params(BY_KIND[kind], entry.get("params", {}), where),
        **{text: entry[text] for text in TEXTS if text in entry},
    )


def _check_head(entry: dict[str, Any], where: str, needed: set[str]) -> None:
    for name in needed:
        _check_type(entry.get(name), HEAD[name], f"{where}: {name}")
    for name in entry.keys() & set(TEXTS):
        _check_type(entry[name], str, f"{where}: {name}")
    if entry.get("confidence") not in ("H", "M", "L"):
        raise BadRule(f"{where}: confidence is H, M or L")
    if entry.get("to") and entry["to"] < entry["from"]:
        raise BadRule(f"{where}: it ends before it begins")
    if not re.fullmatch(r"CN|\d{6}|\d{9}|\d{12}", entry.get("jurisdiction", "CN")):
        raise BadRule(f"{where}: jurisdiction is CN or an area code")


def _params(shape: type[Params], given: dict[str, Any], where: str) -> Params:
    params = _built(shape, given, where)
    for name, allowed in CHOICES.items():
        if getattr(params, name, allowed[0]) not in allowed:
            raise BadRule(f"{where}: {name} is one of {', '.join(filter(None, allowed))}")
    _check_sense(params, where)
    return params


def _built(shape: type, given: dict[str, Any], where: str) -> Any:
    known = {field.name: field for field in fields(shape)}
    if stray := given.keys() - known.keys():
        raise BadRule(f"{where}: unknown {', '.join(sorted(stray))}")
    needed = {name for name, field in known.items() if field.default is MISSING}
    if missing := needed - given.keys():
        raise BadRule(f"{where}: {', '.join(sorted(missing))} missing")
    return shape(
        **{name: _value(name, known[name].type, value, where) for name, value in given.items()}
    )


def _value(name: str, wanted: Any, value: Any, where: str) -> Any:
    if name in LISTS:
        return tuple(_built(LISTS[name], part, f"{where}: {name}") for part in value)
    if isinstance(value, list):
        return tuple(value)
    _check_type(value, wanted, f"{where}: {name}")
    return value


def _check_type(value: Any, wanted: type, where: str) -> None:
    if type(value) is not wanted or value == "":
        raise BadRule(f"{where}: {wanted.__name__} expected, not {value!r}")


def _check_sense(params: Params, where: str) -> None:
    """What the arithmetic relies on."""
    match params:
        case Control() if params.days < 1:
            raise BadRule(f"{where}: a control lasts one day at least")
        case Control() if any(bool(test.day) == bool(test.to_h) for test in params.tests):
            raise BadRule(f"{where}: a test has either a day or its hours")
        case Visits() if bool(params.slots) == bool(params.interval_days):
            raise BadRule(f"{where}: visits have either an interval or slots")
        case Visits() | Isolation() | Comeback() if not _follow_on(params.slots):
            raise BadRule(f"{where}: the slots of a day follow one another")


def _follow_on(slots: tuple[Slot, ...]) -> bool:
    hours = [hour for slot in slots for hour in (slot.from_hour, slot.to_hour)]
    return hours == sorted(hours) and all(slot.from_hour < slot.to_hour for slot in slots)
