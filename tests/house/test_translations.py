"""Every word of every screen can be translated, and the English catalogue has all of them."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes

from tests.house.sources import APP, ROOT, files, named

CATALOGUE = APP / "translations" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile(r"[\u3400-\u9fff，。；：！？（）]")
PLACES = re.compile(r"%\((\w+)\)s")
# Calls whose argument is translated, or is data and never a sentence for the screen.
TRANSLATING = {"_", "N_", "say", "gettext", "ngettext", "lazy_gettext", "npgettext", "pgettext"}
# Files whose Chinese is data: how people write in sheets, invented people, surnames, digits.
DATA = (
    "app/cli/",
    "app/config.py",
    "app/exchange/",
    "app/lib/",
    "app/domain/door_book.py",
    "app/domain/doors.py",
    "app/domain/own_account.py",
    "app/domain/territory.py",
    "app/policy/extract.py",
    "app/policy/manual.py",
    "app/policy/passwords.py",
    "app/reports/daily_report.py",
    "app/reports/report_fields.py",
    "app/reports/report_of_day.py",
    "app/reports/search.py",
    "app/web/account/settings.py",
    "app/web/parts.py",
    "app/web/samples.py",
    "app/web/worker/task_card.py",
)


@pytest.fixture(scope="session")
def extracted(tmp_path_factory) -> set[str]:
    """What pybabel finds in code, templates and rules."""
    pot = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "pyproject.toml"]
    command += ["-k", "N_", "-k", "say", "-o", str(pot), "."]
    subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)}
    )
    return {_key(message) for message in read_po(pot.open("rb")) if message.id}


@pytest.fixture(scope="session")
def english() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {_key(m): m.string for m in read_po(file) if m.id and not m.fuzzy}


def test_the_english_catalogue_has_every_sentence(extracted, english):
    assert sorted(extracted - {key for key, text in english.items() if _said(text)}) == []


def test_the_english_catalogue_has_nothing_that_is_not_said_any_more(extracted, english):
    assert sorted(set(english) - extracted) == []


def test_a_translation_keeps_the_places_of_its_values(english):
    wrong = [
        key
        for key, text in english.items()
        for one in ([text] if isinstance(text, str) else text)
        if _said(one) and not set(PLACES.findall(one)) <= set(PLACES.findall(key)) | {"num"}
    ]
    assert wrong == []


def test_english_is_english(english):
    left = [key for key, text in english.items() if CHINESE.search("".join(text))]
    allowed = {key for key in left if "中文" in key or "守望" in key}
    assert set(left) <= allowed


def test_no_template_has_chinese_outside_a_translation(app):
    for template in files(APP / "templates", ".html"):
        tree = app.jinja_env.parse(template.read_text(encoding="utf-8"))
        bare = [node.data.strip() for node in tree.find_all(nodes.TemplateData)]
        bare = [text for text in bare if CHINESE.search(text) and "wordmark" not in text]
        constants = [c.value for c in _bare_constants(tree)]
        assert (named(template), [t for t in bare if t != "守望"], constants) == (
            named(template),
            [],
            [],
        )


def test_no_python_below_or_in_the_web_says_chinese_without_marking_it():
    found = []
    for path in files(APP, ".py"):
        if named(path).startswith(DATA) or "/story/" in named(path):
            continue
        found += [f"{named(path)}: {text}" for text in _unmarked(path)]
    assert found == []


def _bare_constants(tree: nodes.Template) -> list[nodes.Const]:
    translated = {
        id(argument)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATING
        for argument in call.find_all(nodes.Const)
    }
    constants = tree.find_all(nodes.Const)
    chinese = [c for c in constants if isinstance(c.value, str) and CHINESE.search(c.value)]
    return [c for c in chinese if id(c) not in translated and c.value != "守望"]


def _unmarked(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    fine = {id(node) for node in _documentation(tree)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in TRANSLATING:
            fine |= {id(node) for node in ast.walk(call)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [t.value for t in texts if id(t) not in fine and _is_sentence(t.value)]


def _is_sentence(value: object) -> bool:
    """Chinese of two signs and more; single signs are data (a unit, a digit, a sex)."""
    return isinstance(value, str) and len(CHINESE.findall(value)) > 1


def _documentation(tree: ast.Module) -> list[ast.Constant]:
    holders = [tree, *(n for n in ast.walk(tree) if isinstance(n, (ast.ClassDef, ast.FunctionDef)))]
    return [h.body[0].value for h in holders if ast.get_docstring(h, clean=False) is not None]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _key(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _said(text) -> bool:
    return bool(text) if isinstance(text, str) else bool(text) and all(text)
