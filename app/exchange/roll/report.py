"""What an import did, or would do: counts, what was recognised, and the rows to look at."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.exchange.columns import FIELDS, Header
from app.exchange.rows.line import STATES, Line
from app.exchange.values.text import text
from app.lib.masking import mask_name
from app.lib.words import Say

NOT_TAKEN = ("refused", "skipped")


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence, and the rows it is said of."""

    said: Say
    rows: list[dict[str, Any]]


@dataclass
class RollReport:
    """`sheets` are (title, header) of the sheets that were read, `unread` the other titles."""

    sheets: list[tuple[str, Header]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def add(self, title: str, header: Header, lines: list[Line]) -> None:
        """A sheet that was read; with an empty title where it is the only one."""
        self.sheets.append((title, header))
        for line in lines:
            line.sheet = title
        self.lines += lines

    @property
    def open_lines(self) -> list[Line]:
        """The lines that nothing was decided about yet."""
        return [line for line in self.lines if not line.is_judged]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines there are of every state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in STATES}

    @property
    def warned(self) -> int:
        """How many lines something is to be said of although they were taken."""
        return sum(1 for line in self.lines if line.warnings and line.state != "refused")

    @property
    def elders(self) -> int:
        """How many elders are newly looked after."""
        return sum(1 for line in self.lines if line.elder_class)

    def rows(self) -> list[dict[str, Any]]:
        """Every line as {row, state, why}, for a program; no name, number or address in it."""
        return [_plain(line) for line in self.lines]

    def stored(self) -> dict[str, Any]:
        """All that the page shows, as JSON, with the cells of the rows to be given back."""
        shown = [line for line in self.lines if line.state in NOT_TAKEN or line.warnings]
        return {
            "sheets": [_recognised(title, header) for title, header in self.sheets],
            "unread": self.unread,
            "counts": self.counts,
            "warned": self.warned,
            "elders": self.elders,
            "rows": [_given_back(line) for line in shown],
        }


def _plain(line: Line) -> dict[str, Any]:
    why = " ".join(map(str, [*line.why, *line.warnings]))
    where = {"sheet": line.sheet} if line.sheet else {}
    return where | {"row": line.number, "state": line.state, "why": why}


def _recognised(title: str, header: Header) -> dict[str, Any]:
    columns = header.columns.items()
    return {
        "title": title,
        "names": list(header.names),
        "columns": [
            [FIELDS[name][0], [header.names[place] for place in places]] for name, places in columns
        ],
        "unused": header.unused,
    }


def _given_back(line: Line) -> dict[str, Any]:
    name = line.told.get("name", "")
    return {
        "sheet": line.sheet,
        "row": line.number,
        "who": mask_name(name) if name else "",
        "state": line.state,
        "why": [why.as_json() for why in line.why],
        "warnings": [what.as_json() for what in line.warnings],
        "cells": [text(cell) for cell in line.cells],
    }


def remarks(report: dict[str, Any], which: str, *, state: str = "") -> list[Remark]:
    """What was said (`which`: why or warnings) of the stored rows, the most frequent first."""
    said: dict[str, list[dict[str, Any]]] = {}
    for row in report["rows"]:
        if state in ("", row["state"]):
            for words in row[which]:
                said.setdefault(json.dumps(words, sort_keys=True), []).append(row)
    found = [Remark(Say.from_json(json.loads(words)), rows) for words, rows in said.items()]
    return sorted(found, key=lambda remark: -len(remark.rows))
