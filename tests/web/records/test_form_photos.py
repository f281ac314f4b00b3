"""A form with photos that posts by itself: nothing chosen is lost, nothing is required."""

from datetime import timedelta
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from app.domain import photos
from app.domain.records import Record
from app.intake import KINDS
from app.lib import album, clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync.inbox import receive
from tests.intake.telling import tell
from tests.lib.pictures import MAKER, encoded, noise, notes, opened, two_halves
from tests.photos import arrived, kept, put, sha_of, visit
from tests.web.auth.test_expired_session import sign_in_from
from tests.web.pages import form_to, soup

ONE, TWO = encoded(two_halves(), exif=notes()), encoded(noise(), "PNG")
SEEN = {"outcome": "well", "way": "door"}


def files(*sent: bytes) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(one), f"IMG_{n}.jpg") for n, one in enumerate(sent)]


def post(client, url: str, *sent: bytes, **typed) -> TestResponse:
    """Fill in the form as it stands and choose these photos, as a browser without scripts does."""
    form = form_to(soup(client.get(url)), url)
    multipart = {"content_type": "multipart/form-data"}
    return client.post(url, data=form | typed | {"photos": files(*sent)}, **multipart)


@pytest.fixture
def form(cast) -> str:
    return f"/record/visit?resident={cast.elder.id}"


def saved() -> Record:
    return session.query(Record).filter_by(kind="visit").order_by(Record.id.desc()).first()


def test_photos_chosen_without_a_script_are_kept_with_the_record(client_of, cast, form):
    assert post(client_of(cast.worker), form, ONE, TWO, **SEEN).status_code == 303
    assert arrived(saved().id) == [True, True]
    shown = photos.shown_on([saved().id])[saved().id]
    assert [one.sha for one in shown] == [sha_of(ONE), sha_of(TWO)]
    jpeg = album.read(shown[0].sha, shown[0].photo.uid)
    assert MAKER.encode() not in jpeg and opened(jpeg).size == (640, 480)


def test_a_photo_is_never_required(client_of, cast, form):
    page = soup(client_of(cast.worker).get(form))
    field = page.find("input", type="file")
    assert field["name"] == "photos" and field["accept"] == "image/*"
    assert "照片（可不拍）" in page.text and not field.has_attr("required")
    assert post(client_of(cast.worker), form, **SEEN).status_code == 303
    assert arrived(saved().id) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.photos])
def test_where_a_photo_would_be_a_proof_none_is_asked_for(client_of, cast, kind):
    page = client_of(cast.director).get(f"/record/{kind.key}?resident={cast.elder.id}")
    assert "照片" not in page.text


def test_a_form_that_comes_back_has_its_photos_already(client_of, cast, form):
    client = client_of(cast.worker)
    back = post(client, form, ONE, note="忘了选情况")
    assert back.status_code == 422 and len(kept()) == 1
    page = soup(back)
    thumb = page.select_one(".photo-field .kept img")
    assert client.get(thumb["src"]).mimetype == "image/jpeg"
    again = form_to(page, form) | SEEN
    assert client.post(form, data=again).status_code == 303
    assert arrived(saved().id) == [True]


def test_a_photo_can_be_left_out_again(client_of, cast, form):
    client = client_of(cast.worker)
    again = form_to(soup(post(client, form, ONE)), form) | SEEN
    del again["photo"]
    client.post(form, data=again)
    assert arrived(saved().id) == []


def test_what_is_no_photo_is_said_and_the_others_stay(client_of, cast, form):
    client = client_of(cast.worker)
    back = post(client, form, ONE, b"%PDF-1.7", **SEEN, note="有水")
    page = soup(back)
    assert back.status_code == 422 and "第 2 张照片没有收下" in page.text and "有水" in page.text
    assert len(page.select(".photo-field .kept li")) == 1 and saved() is None
    client.post(form, data=form_to(page, form) | SEEN)
    assert arrived(saved().id) == [True]


def test_six_photos_are_the_most_and_more_are_said(client_of, cast, form):
    many = [encoded(noise(40, 30)) for _photo in range(8)]
    back = post(client_of(cast.worker), form, *many, **SEEN)
    assert back.status_code == 422 and "最多 6 张照片" in back.text
    assert len(soup(back).select(".photo-field .kept li")) == 6


def test_six_photos_of_a_camera_s_size_go_through(client_of, cast, form):
    large = [encoded(noise(40, 30)) + bytes(4 * 1024 * 1024) for _photo in range(6)]
    assert post(client_of(cast.worker), form, *large, **SEEN).status_code == 303
    assert arrived(saved().id) == [True] * 6


def test_posted_twice_it_is_kept_once(client_of, cast, form):
    client = client_of(cast.worker)
    entry_id = {"id": str(new_id())}
    answers = [post(client, form, ONE, **SEEN, **entry_id).status_code for _time in range(2)]
    assert answers == [303, 303]
    assert session.query(Record).filter_by(kind="visit").count() == len(kept()) == 1


def test_with_a_full_disk_the_words_can_still_be_saved(client_of, cast, form, monkeypatch):
    def full(*_photo):
        raise album.DiskFull

    monkeypatch.setattr(album, "put", full)
    client = client_of(cast.worker)
    back = post(client, form, ONE, **SEEN, note="水管裂了")
    assert back.status_code == 422 and "可以先不带照片保存" in back.text and "水管裂了" in back.text
    assert client.post(form, data=form_to(soup(back), form) | SEEN).status_code == 303


def test_a_correction_begins_with_the_photos_of_what_it_corrects(client_of, cast):
    put(client_of(cast.worker), ONE)
    told = visit(cast, sha_of(ONE))
    receive([told], by=cast.worker)
    for who in (cast.worker, cast.director):  # the second corrects what the first has corrected
        client, url = client_of(who), f"/record/visit?supersedes={saved().id}"
        page = soup(client.get(url))
        assert client.get(page.select_one(".photo-field .kept img")["src"]).status_code == 200
        client.post(url, data=form_to(page, url) | SEEN | {"outcome": "needs"})
        assert saved().supersedes and arrived(saved().id) == [True]


def test_an_entry_that_came_back_has_its_photos(client_of, cast):
    client = client_of(cast.worker)
    put(client, ONE)
    wrong = visit(cast, sha_of(ONE), outcome="?")
    receive([wrong], by=cast.worker)
    url = f"/record/visit?entry={wrong.id}"
    page = soup(client.get(url))
    assert page.select_one(".photo-field .kept img")
    client.post(url, data=form_to(page, url) | SEEN)
    assert saved().id == wrong.id and arrived(wrong.id) == [True]


def test_signed_out_meanwhile_she_is_told_to_choose_them_again(client_of, cast, form):
    client = client_of(cast.worker)
    with clock.stopped_at(clock.now() + timedelta(hours=13)):
        sent = {"note": "门口有水渍", "photos": files(ONE)}
        page = client.post(form, data=sent, content_type="multipart/form-data")
        back = client.get(sign_in_from(page, client).location)
    assert "门口有水渍" in back.text and "照片要重新选一次" in back.text


def test_a_held_entry_keeps_the_photos_of_its_form(client_of, cast):
    tell("elder_roll", cast.sibling, by=cast.director, reason="lone")
    session.commit()
    client, url = client_of(cast.worker), f"/record/visit?resident={cast.sibling.id}"
    multipart = {"content_type": "multipart/form-data"}
    client.post(url, data=SEEN | {"photos": files(ONE)}, **multipart)
    page = soup(client_of(cast.director).get("/held"))
    thumb = page.select_one(".photos img")
    assert client_of(cast.director).get(thumb["src"]).mimetype == "image/jpeg"
