"""The docs name everything there is: settings, kinds, permissions, commands; their links hold."""

import re

import pytest

from app import config
from app.cli import COMMANDS
from app.domain.audit import ACTIONS
from app.domain.events import KINDS as EVENTS
from app.domain.tasks import KINDS as TASKS
from app.intake import KINDS as RECORDS
from app.policy.permissions import ALLOWED, WORDS, Permission
from app.policy.roles import ROLES
from tests.house.sources import ROOT

WORDS_PAGE = (ROOT / "docs/words.md").read_text(encoding="utf-8")
DEPLOY_PAGE = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("kinds", [RECORDS, EVENTS, TASKS, ACTIONS, ROLES], ids=len)
def test_every_kind_stands_on_the_page_of_words(kinds):
    assert [key for key in kinds if f"| `{key}` |" not in WORDS_PAGE] == []


def test_every_permission_is_there_with_its_roles():
    roles = ("worker", "director", "official", "admin")
    lines = [
        f"| `{one.value}` | {WORDS[one]} | {', '.join(r for r in roles if one in ALLOWED[r])} |"
        for one in Permission
    ]
    assert [line for line in lines if line not in WORDS_PAGE] == []


def test_the_page_of_words_names_nothing_that_is_gone():
    known = {*RECORDS, *EVENTS, *TASKS, *ACTIONS, *ROLES, *(p.value for p in Permission)}
    named = re.findall(r"^\| `([\w-]+)` \|", WORDS_PAGE, re.MULTILINE)
    assert set(named) - known == {"decode_application"}


def test_every_setting_is_told():
    assert [name for name in config.SETTINGS if f"| `{name}` |" not in DEPLOY_PAGE] == []


def test_every_command_is_told():
    missing = [c.name for c in COMMANDS if f"`flask {c.name}" not in DEPLOY_PAGE]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_tour_names_files_that_exist():
    tour = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
    files = re.findall(r"^\| `([\w/.]+\.(?:py|html))` \|", tour, re.MULTILINE)
    assert files and [name for name in files if not (ROOT / "app" / name).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_those_named_exist():
    papers = sorted((ROOT / "docs/adr").glob("*.md"))
    first_lines = [paper.read_text(encoding="utf-8").split(".")[0] for paper in papers]
    assert first_lines == [f"# {n}" for n in range(1, len(papers) + 1)]
    assert [int(paper.name[:4]) for paper in papers] == list(range(1, len(papers) + 1))
    texts = [*PAGES, *(ROOT / "app").rglob("*.py")]
    named = {
        int(n)
        for text in texts
        for n in re.findall(r"adr/(\d{4})|ADR (\d+)", text.read_text(encoding="utf-8"))
        for n in filter(None, n)
    }
    assert named <= set(range(1, len(papers) + 1))
