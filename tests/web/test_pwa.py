"""The service worker as it is served: at the root, with a version and all that pages need."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from app.web import assets
from tests.unpacked import PhonePack

LOADED = re.compile(r'(?:href|src)="((?:/static|/bundles)/[^"]+)"')
# Asked for when the app is put onto the home screen, and by the page about that.
NOT_NEEDED = re.compile(r"/static/icons/apple|/bundles/copy")


def shell_of(browser) -> dict:
    head = browser.get("/sw.js").text.partition("self.shell=")[2]
    return json.JSONDecoder().raw_decode(head)[0]


def test_it_stands_at_the_root_and_is_asked_for_anew_each_time(visitor):
    answer = visitor.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_its_version_is_the_one_every_answer_names(visitor, app):
    version = shell_of(visitor)["version"]
    assert version == app.config["VERSION"]
    assert visitor.get("/sign-in").headers["X-Shouwang"] == f"{version} -"


def test_every_answer_names_its_reader(client_of, cast):
    browser = client_of(cast.worker)
    for url in ("/today", "/pack", "/phone/key", "/no-such-page"):
        assert browser.get(url).headers["X-Shouwang"].split()[1] == str(cast.worker.id), url


def test_all_that_the_pages_of_a_phone_load_is_in_the_shell(client_of, lived):
    browser = client_of(lived.worker)
    shell = shell_of(browser)
    phone = PhonePack(browser).renew()
    paths = [path for path in phone.rows if path[0] == "/" and phone.rows[path][0] != "home"]
    loaded = {url for path in paths for url in LOADED.findall(phone.page(path))}
    assert len(loaded) > 8
    assert {url for url in loaded if not NOT_NEEDED.match(url)} <= set(shell["files"])
    for url in shell["files"]:
        assert browser.get(url).status_code == 200, url


def test_the_shell_holds_nothing_of_anybody(client_of, cast):
    page = client_of(cast.worker).get("/offline").text
    assert cast.worker.name not in page
    assert "data-user" not in page
    assert "data-box" not in page


@pytest.mark.parametrize("changed", ["css/base.css", "js/sw.js", "icons/icon.svg"])
def test_any_changed_file_makes_another_version(tmp_path, changed):
    before = version_of(tmp_path, {})
    assert version_of(tmp_path, {}) == before
    assert version_of(tmp_path, {changed: "something else"}) != before


def version_of(folder: Path, contents: dict[str, str]) -> str:
    """The version of a program with these static files."""
    for name in ("css/base.css", "js/sw.js", "icons/icon.svg"):
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents.get(name, "as it was"))
    program = Flask("program", root_path=str(folder))
    assets.init_app(program)
    return program.config["VERSION"]
