"""Photos of a form: made small on the phone, shown, taken away again, and there with the record."""

import pytest
from playwright.sync_api import Locator, expect

from app.domain import photos
from app.domain.records import Record
from app.lib import album
from app.lib.db import session
from tests.axe import faults
from tests.journeys.phone import Phone
from tests.lib.pictures import colour, encoded, noise, notes, opened, two_halves

pytestmark = pytest.mark.browser

READY = "input => [...input.files].map(file => ({ size: file.size, type: file.type }))"
SIZES = """async input => Promise.all([...input.files].map(async file => {
  const image = await createImageBitmap(file);
  return [image.width, image.height];
}))"""


class Album(Phone):
    """李娜 with a form open."""

    @property
    def input(self) -> Locator:
        return self.page.locator("input[data-photos]")

    @property
    def shown(self) -> Locator:
        return self.page.locator(".photos.new li")

    def chooses(self, *sent: bytes, kind: str = "image/jpeg") -> "Album":
        files = [
            {"name": f"IMG_{n}.jpg", "mimeType": kind, "buffer": b} for n, b in enumerate(sent)
        ]
        self.input.set_input_files(files)
        return self

    def has_small_ones(self, how_many: int) -> list[dict]:
        """What will be sent, once all of it is small."""
        for _try in range(200):
            found = self.input.evaluate(READY)
            if len(found) == how_many and all(one["size"] <= 200_000 for one in found):
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError(found)

    def saves(self) -> Record:
        self.chip("一切平安").button("保存").sees("已保存")
        self.sends()
        session.rollback()
        return session.query(Record).filter_by(kind="visit").one()


@pytest.fixture
def form(phone_of, cast) -> Album:
    page = phone_of(cast.worker, 390, 844).page
    return Album(page).open(f"/record/visit?resident={cast.elder.id}")


def jpegs(record: Record) -> list[bytes | None]:
    shown = photos.shown_on([record.id])[record.id]
    return [one.photo and album.read(one.sha, one.photo.uid) for one in shown]


def test_a_large_photo_is_small_before_it_is_saved_and_arrives_upright(form, photo_folder):
    sent = encoded(two_halves(4000, 3000), quality=95, exif=notes(6))
    form.chooses(sent, encoded(noise(4000, 3000, 40), quality=70))
    (one, two) = form.has_small_ones(2)
    assert {one["type"], two["type"]} == {"image/jpeg"}
    assert form.input.evaluate(SIZES)[0] == [960, 1280]
    assert max(form.input.evaluate(SIZES)[1]) <= 1280
    expect(form.shown.locator("img")).to_have_count(2)
    first, second = jpegs(form.saves())
    assert (colour(opened(first), 0.5, 0.1), colour(opened(first), 0.5, 0.9)) == ("blue", "red")
    assert max(opened(second).size) <= 1280


def test_a_photo_is_taken_away_again_with_the_keyboard(form):
    form.chooses(encoded(two_halves())).has_small_ones(1)
    form.chooses(encoded(noise(80, 60))).has_small_ones(2)  # chosen later: added, not replaced
    drop = form.shown.first.get_by_role("button", name="去掉这张照片")
    assert min(drop.bounding_box()[side] for side in ("width", "height")) >= 48
    drop.press("Enter")
    expect(form.shown).to_have_count(1)
    assert form.input.evaluate("input => input.files.length") == 1
    expect(form.input).to_be_focused()


def test_six_are_the_most_and_she_is_told(form):
    form.chooses(*(encoded(noise(40, 30)) for _photo in range(8)))
    expect(form.shown).to_have_count(6)
    form.sees("已经有 6 张了")
    form.shown.first.get_by_role("button").click()
    expect(form.page.get_by_text("已经有 6 张了")).to_be_hidden()


def test_the_button_is_large_and_reached_without_a_finger(form):
    box = form.page.locator(".photo-add .btn").bounding_box()
    assert box["height"] >= 48
    assert form.input.bounding_box() == box  # a tap anywhere on it opens the album
    form.input.focus()
    shown = "element => getComputedStyle(element).outlineStyle"
    assert form.page.locator(".photo-add .btn").evaluate(shown) == "solid"


def test_the_field_is_readable_by_everybody(form, photo_folder):
    form.chooses(encoded(two_halves())).has_small_ones(1)
    assert faults(form.page) == [] and not form.scrolls_sideways()
    record = form.saves()
    for address in (f"/records/{record.id}", f"/record/visit?supersedes={record.id}"):
        form.open(address)
        expect(form.page.locator("main .photos img").first).to_be_visible()
        assert faults(form.page) == [] and not form.scrolls_sideways()


def test_what_the_browser_cannot_read_is_left_to_the_server(form):
    form.chooses(b"no picture at all")
    expect(form.shown).to_have_count(1)
    assert form.input.evaluate(READY)[0]["size"] == 17
    record = form.saves()  # refused by the server, and the visit goes on without it
    assert jpegs(record) == []


def test_what_is_too_large_and_cannot_be_made_small_is_said(form):
    form.chooses(bytes(8 * 1024 * 1024 + 1))
    form.sees("这张照片太大")
    expect(form.shown).to_have_count(0)
    assert jpegs(form.saves()) == []
