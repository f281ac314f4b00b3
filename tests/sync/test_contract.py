"""docs/sync.md says what the code does: every kind, its one tap, every state, the limits."""

import re
from pathlib import Path

import pytest

from app.domain.receipts import STATES
from app.intake import KINDS
from app.sync.clocks import EARLIEST, FINE
from app.sync.reading import MOST_ENTRIES

CONTRACT = Path("docs/sync.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` (.*) \|$", CONTRACT, re.MULTILINE))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_has_its_line(kind):
    assert ROWS[kind.key].startswith(kind.words)
    told = [f"{name}={answer}" for name, answer in kind.one_tap.items() if name != "explained"]
    assert (f"`{', '.join(told)}`" in ROWS[kind.key]) == bool(told)


def test_every_state_has_its_line():
    assert {"already", *STATES} <= ROWS.keys()


def test_the_limits_are_those_of_the_code():
    assert f"At most {MOST_ENTRIES} entries" in CONTRACT
    assert FINE.total_seconds() == 120 and "two minutes off" in CONTRACT
    assert f"before {EARLIEST.year}" in CONTRACT
