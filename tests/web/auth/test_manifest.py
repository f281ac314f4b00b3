"""The manifest: everything a browser asks for before it puts the app on a home screen."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

STATIC = Path(__file__).parents[3] / "app/static"


@pytest.fixture
def manifest(visitor) -> dict:
    return visitor.get("/manifest.webmanifest").get_json(force=True)


def pictures_of(manifest: dict) -> list[dict]:
    shortcuts = [icon for one in manifest["shortcuts"] for icon in one["icons"]]
    return [*manifest["icons"], *shortcuts]


def test_every_page_leads_to_it(client_of, cast, visitor):
    link = '<link rel="manifest" href="/manifest.webmanifest">'
    assert link in visitor.get("/sign-in").text
    assert link in client_of(cast.worker).get("/today").text
    assert link in client_of(cast.director).get("/board").text


def test_it_is_served_as_one_and_names_the_app(visitor):
    answer = visitor.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = answer.get_json(force=True)
    assert (told["id"], told["short_name"], told["lang"]) == ("/", "守望", "zh-Hans")
    assert (told["display"], told["scope"]) == ("standalone", "/")


def test_it_opens_at_today_and_tells_nothing_of_anybody(client_of, cast, manifest):
    assert manifest["start_url"] == "/today?source=app"
    assert client_of(cast.worker).get("/manifest.webmanifest").get_json(force=True) == manifest


def test_its_pictures_are_there_in_the_size_they_say(client_of, cast, visitor, manifest):
    for picture in pictures_of(manifest):
        answer = visitor.get(picture["src"])
        assert answer.mimetype == picture["type"]
        if picture["type"] == "image/png":
            size = Image.open(BytesIO(answer.data)).size
            assert picture["sizes"] == "{}x{}".format(*size)


def test_a_round_cut_leaves_the_whole_drawing():
    picture = Image.open(STATIC / "icons/maskable-512.png").convert("RGB")
    edge = picture.getpixel((0, 0))
    inside = range(512 // 10, 512 - 512 // 10)
    drawn = [
        (x, y)
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if picture.getpixel((x, y)) != edge
    ]
    assert drawn and all(x in inside and y in inside for x, y in drawn)
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (0.4 * 512) ** 2 for x, y in drawn)


def test_its_shortcuts_are_screens_of_a_worker(client_of, cast, manifest):
    browser = client_of(cast.worker)
    doors = [shortcut["url"] for shortcut in manifest["shortcuts"]]
    assert [urlsplit(door).path for door in doors] == ["/today", "/record"]
    assert all(browser.get(door).status_code == 200 for door in doors)


def test_it_takes_in_photos_that_another_app_shares(manifest):
    target = manifest["share_target"]
    assert (target["action"], target["method"]) == ("/shared-photos", "POST")
    assert target["enctype"] == "multipart/form-data"
    assert "image/*" in target["params"]["files"][0]["accept"]
