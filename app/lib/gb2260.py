"""Names of areas by their six-digit code (GB/T 2260): provinces, prefectures, counties.

The tables lie in `areas/`; its README says where they come from. Codes that were
retired long ago still begin many people's ID numbers, so they are known and named
here, but never offered by `search`.
"""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.lib import pinyin

TABLES = Path(__file__).parent / "areas"


def known(code: str) -> bool:
    """Whether the six digits are, or ever were, the code of an area."""
    return code in _current() or code in _retired()


def name_of(code: str) -> str | None:
    """The full name: ``141102`` → ``山西省吕梁市离石区``; None for an unknown code."""
    if not known(code):
        return None
    levels = dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
    return "".join(_own_name(level) for level in levels)


def search(text: str, limit: int = 10) -> list[tuple[str, str]]:
    """Areas in force as (code, full name), best match first, the larger before the smaller.

    `text` is a code or its beginning, (part of) a name with or without 省市区县,
    pinyin, or pinyin initials.
    """
    wanted = _squeezed(text.strip().lower())
    if not wanted:
        return []
    ranked = [(entry.rank(wanted), entry.depth, entry.code, entry.full) for entry in _index()]
    found = sorted(row for row in ranked if row[0] is not None)
    return [(code, full) for _rank, _depth, code, full in found[:limit]]


@lru_cache(maxsize=4096)  # a list names the same few hundred places again and again
def meant(text: str, limit: int = 6) -> tuple[tuple[str, str], ...]:
    """The areas that `text` fits best, as (code, full name): one where it is clear which is meant.

    A name written out (朝阳市) beats the same name of another level (朝阳区, 朝阳县).
    """
    wanted, typed = _squeezed(text.strip().lower()), text.strip()
    ranked = [(entry.rank(wanted), entry) for entry in _index()] if wanted else []
    best = min((rank for rank, _ in ranked if rank is not None), default=None)
    found = [(entry.code, entry.full) for rank, entry in ranked if rank == best is not None]
    spelled_out = [(code, full) for code, full in found if typed in (full, _own_name(code))]
    return tuple(spelled_out or found)[:limit]


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    full: str
    squeezed: str
    own: str
    own_pinyin: str
    own_initials: str

    @property
    def depth(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 3 - (self.code[2:4] == "00") - (self.code[4:] == "00")

    def rank(self, wanted: str) -> int | None:
        """0 for what is surely meant; higher for a weaker match; None for no match."""
        if wanted in (self.own, self.own_initials, self.code, self.squeezed):
            return 0
        starts = (self.own, self.own_initials, self.own_pinyin, self.code)
        if any(text.startswith(wanted) for text in starts):
            return 1
        return 2 if wanted in self.squeezed else None


@cache
def _index() -> tuple[_Entry, ...]:
    return tuple(_entry(code, name) for code, name in _current().items())


def _entry(code: str, name: str) -> _Entry:
    own, full = _squeezed(name), name_of(code) or name
    return _Entry(code, full, _squeezed(full), own, pinyin.full(own), pinyin.initials(own))


def _squeezed(name: str) -> str:
    """The name without the words of its level; ``县`` alone stays what it is."""
    return name.translate(str.maketrans("", "", "省市区县 ")) or name


def _own_name(code: str) -> str:
    return _current().get(code) or _retired().get(code, "")


@cache
def _current() -> dict[str, str]:
    return _read("gb2260.csv")


@cache
def _retired() -> dict[str, str]:
    return _read("gb2260_retired.csv")


def _read(file_name: str) -> dict[str, str]:
    with (TABLES / file_name).open(encoding="utf-8", newline="") as table:
        return {row["code"]: row["name"] for row in csv.DictReader(table)}
