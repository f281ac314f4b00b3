"""A photo from a phone: checked, drawn anew, sealed on the disk before it is acknowledged."""

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest

from app.domain.drafts import keep_draft
from app.domain.people import User
from app.lib import album, clock
from app.lib.db import session
from app.lib.pictures import drawn_anew
from app.sync.photos import keep
from tests.lib.pictures import MAKER, colour, encoded, noise, notes, opened, two_halves
from tests.photos import files, kept, put, sha_of

JPEG = {"Content-Type": "image/jpeg"}


def test_a_worker_s_photo_is_kept_without_where_and_when_it_was_taken(
    client_of, cast, photo_folder
):
    sent = encoded(two_halves(2000, 1500), exif=notes(6))
    answer = put(client_of(cast.worker), sent)
    assert (answer.status_code, answer.json["sha"]) == (201, sha_of(sent))
    (photo,) = kept()
    jpeg = album.read(photo.sha, photo.uid)
    image = opened(jpeg)
    assert (photo.sha, photo.by_id, photo.size) == (sha_of(sent), cast.worker.id, len(jpeg))
    assert image.size == (photo.width, photo.height) == (960, 1280)
    assert (colour(image, 0.5, 0.1), colour(image, 0.5, 0.9)) == ("blue", "red")  # upright
    assert MAKER.encode() not in jpeg and not image.getexif()


def test_a_photo_lies_sealed_on_the_disk(client_of, cast, photo_folder):
    put(client_of(cast.worker), encoded(two_halves(), exif=notes()))
    (file,) = files(photo_folder)
    raw = file.read_bytes()
    assert b"\xff\xd8\xff" not in raw and b"JFIF" not in raw and MAKER.encode() not in raw


def test_a_photo_sent_again_is_there_already(client_of, cast, photo_folder):
    client, sent = client_of(cast.worker), encoded(two_halves())
    assert [put(client, sent).status_code for _time in range(3)] == [201, 200, 200]
    assert len(kept()) == len(files(photo_folder)) == 1


def test_a_photo_whose_file_was_lost_is_kept_when_it_comes_again(client_of, cast, photo_folder):
    client, sent = client_of(cast.worker), encoded(two_halves())
    put(client, sent)
    files(photo_folder)[0].unlink()
    assert put(client, sent).status_code == 200
    (photo,) = kept()
    assert album.read(photo.sha, photo.uid)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", (415, "不是照片")),
        (b"<html><script>alert(1)</script></html>", (415, "不是照片")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", (415, "不是照片")),
        (encoded(two_halves(), "GIF"), (415, "不是照片")),
        (encoded(noise())[:-500], (422, "不完整")),
        (encoded(two_halves(8001, 5001).convert("L"), "PNG"), (422, "像素")),
        (encoded(two_halves()) + bytes(8 * 1024 * 1024), (413, "8 MB")),
    ],
    ids=["nothing", "html", "svg", "gif", "cut", "pixels", "bytes"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(client_of, cast, photo_folder, sent, said):
    answer = put(client_of(cast.worker), sent)
    status, word = said
    assert answer.status_code == status and word in answer.json["why"]
    assert kept() == [] and files(photo_folder) == []


def test_a_photo_that_changed_on_its_way_is_refused(client_of, cast, photo_folder):
    client, sent = client_of(cast.worker), encoded(two_halves())
    for sha in ("0" * 64, sha_of(sent).upper(), "x"):
        answer = put(client, sent, sha)
        assert answer.status_code == 422 and "再传一次" in answer.json["why"]
    assert kept() == [] and files(photo_folder) == []


def test_the_same_photo_sent_twice_at_once_is_kept_once(app, client_of, cast, photo_folder):
    picture, worker_id = drawn_anew(encoded(noise())), cast.worker.id
    start = Barrier(4)

    def at_once(_hand) -> bool:
        with app.app_context():
            by = session.get(User, worker_id)
            session.rollback()
            start.wait()
            new = keep(picture, by=by)
            session.commit()
            session.remove()
            return new

    session.rollback()
    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(at_once, range(4))) == [False, False, False, True]
    assert len(kept()) == len(files(photo_folder)) == 1


class SlowPhone(BytesIO):
    """Something happens while this photo is still on its way."""

    def __init__(self, sent: bytes, meanwhile):
        super().__init__(sent)
        self.meanwhile, self.happened = meanwhile, False

    def readinto(self, part) -> int:
        with ThreadPoolExecutor(1) as somebody:
            somebody.submit(self.meanwhile).result()
        self.happened = True
        return super().readinto(part)


def test_nobody_waits_for_the_database_while_a_photo_is_on_its_way(
    app, client_of, cast, photo_folder
):
    sent, worker_id = encoded(two_halves()), cast.worker.id

    def write_down() -> None:
        with app.app_context():
            keep_draft("visit", {"note": ["同时"]}, by=session.get(User, worker_id), at=clock.now())
            session.commit()
            session.remove()

    client = client_of(cast.worker)
    session.rollback()
    slow = SlowPhone(sent, write_down)
    url = f"/sync/photos/{sha_of(sent)}"
    answer = client.put(url, input_stream=slow, content_length=len(sent), headers=JPEG)
    assert answer.status_code == 201 and slow.happened


@pytest.mark.parametrize("who", ["worker", "director", "official", "admin"])
def test_whoever_is_signed_in_may_hand_in_hers(client_of, cast, photo_folder, who):
    assert put(client_of(getattr(cast, who)), encoded(two_halves())).status_code == 201


def test_signed_out_a_phone_is_told_so_and_keeps_the_photo(visitor, cast, photo_folder):
    answer = put(visitor, encoded(two_halves()))
    assert answer.status_code == 401 and answer.is_json and answer.json["why"]


def test_a_full_disk_is_said(client_of, cast, photo_folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = put(client_of(cast.worker), encoded(two_halves()))
    assert answer.status_code == 507 and "已存在手机上" in answer.json["why"]
    assert kept() == [] and files(photo_folder) == []
