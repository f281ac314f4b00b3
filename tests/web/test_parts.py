"""The building blocks of the screens: all of them shown, safe under the CSP, small, and working."""

import gzip
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page
from werkzeug.serving import make_server

from app import create_app
from tests.axe import faults

APP = Path(__file__).parents[2] / "app"
PARTS = APP / "templates/parts"
STATIC = APP / "static"
FIRST_VISIT = ("css/base.css", "css/parts.css", "css/worker.css")
CSS_LIMIT = 9 * 1024
SHOWN_FROM = "buttons cards figures forms icons lists said tables".split()
INNER = {  # called by the macros beside them, not by pages
    *("share", "top_of", "toast", "errors_of", "label_words", "kind_of", "hint_of"),
    *("chips", "switch", "control", "mark", "logo"),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    return create_app(
        {
            "TESTING": True,
            "SHOW_PARTS": True,
            "DATA_DIR": folder,
            "MASTER_KEY": b"a key for tests only, never for people",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'parts.db'}",
        }
    )


@pytest.fixture(scope="module")
def html(app) -> str:
    response = app.test_client().get("/_parts")
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/_parts"
    server.shutdown()


@pytest.fixture
def page(chromium, address) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 360, "height": 780}, locale="zh-CN")
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(address)
    yield page
    page.close()


def test_the_showcase_is_hung_only_where_asked_for(app):
    kept = ("MASTER_KEY", "DATA_DIR", "SQLALCHEMY_DATABASE_URI")
    plain = create_app({"SHOW_PARTS": False} | {name: app.config[name] for name in kept})
    assert "/_parts" not in {rule.rule for rule in plain.url_map.iter_rules()}


@pytest.mark.parametrize("name", SHOWN_FROM)
def test_every_macro_is_shown(name):
    shown = "".join(path.read_text(encoding="utf-8") for path in (PARTS / "show").glob("*.html"))
    macros = re.findall(r"macro (\w+)\(", (PARTS / f"{name}.html").read_text(encoding="utf-8"))
    assert not [m for m in macros if m not in INNER and not re.search(rf"\b{m}\(", shown)]


def test_nothing_the_csp_would_refuse(html):
    soup = BeautifulSoup(html, "lxml")
    assert not soup.select("[style], style, script:not([src])")
    assert not [t for t in soup.find_all(True) if any(name.startswith("on") for name in t.attrs)]


def test_every_control_has_a_name(html):
    soup = BeautifulSoup(html, "lxml")
    labels = {label["for"] for label in soup.select("label[for]")}
    for control in soup.select("input:not([type=hidden]), select, textarea"):
        named = control.get("id") in labels or control.find_parent("label")
        assert named or control.get("aria-label"), control


def test_icons_are_all_drawn():
    text = "".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.html"))
    drawn = set(re.findall(r"^  '(\w+)': 'M", (PARTS / "icons.html").read_text("utf-8"), re.M))
    assert not set(re.findall(r"\bicon\('(\w+)'", text)) - drawn


def test_the_styles_of_a_phone_page_are_small():
    sizes = [len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in FIRST_VISIT]
    assert sum(sizes) <= CSS_LIMIT


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_accessible_and_never_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.getAnimations().forEach(one => one.pause())")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


@pytest.mark.browser
def test_a_question_shows_only_for_the_answers_that_need_it(page):
    more = page.locator("#symptoms")
    assert more.is_visible()
    page.get_by_label("好", exact=True).check()
    assert more.is_hidden() and more.is_disabled()
    page.get_by_label("需送医").check()
    assert more.is_visible() and more.is_enabled()


@pytest.mark.browser
def test_a_second_tap_sends_nothing(page):
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.evaluate(
        "button => { button.click(); button.click(); button.form.requestSubmit() }",
        page.locator(".save-bar button").element_handle(),
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1


@pytest.mark.browser
def test_asking_once_more_needs_no_script(chromium, address):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.locator(".sure-box button").is_hidden()
    page.locator(".sure > summary").click()
    assert page.locator(".sure-box button").is_visible()
