"""docs/rules.md says what the data says."""

from pathlib import Path

from app.policy.manual import manual
from app.policy.rulebook import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_the_rules_is_written_from_the_data():
    told = "write it again: python -m app.policy.manual > docs/rules.md"
    assert PAGE.read_text(encoding="utf-8") == manual(RULES), told


def test_the_page_names_every_entry():
    page = PAGE.read_text(encoding="utf-8")
    assert not [rule.id for rule in RULES.entries if f"| `{rule.key}` | {rule.words} |" not in page]
