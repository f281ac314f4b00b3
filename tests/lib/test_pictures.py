"""A stranger's picture becomes one of ours: its pixels, upright and small, and nothing else."""

import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from app.lib.pictures import (
    LONGEST_SIDE,
    MOST_BYTES,
    BrokenPicture,
    NoPicture,
    TooManyBytes,
    TooManyPixels,
    drawn_anew,
    thumbnail,
)
from tests.lib.pictures import MAKER, colour, encoded, noise, notes, opened, two_halves

PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_stood_beside_the_pixels_comes_out(kind):
    sent = encoded(two_halves(), kind, exif=notes(), comment=MAKER, xmp=MAKER.encode())
    assert MAKER.encode() in sent
    ours = drawn_anew(sent)
    assert MAKER.encode() not in ours.jpeg
    image = opened(ours.jpeg)
    assert image.format == "JPEG" and not image.getexif() and set(image.info) <= PLAIN
    assert ours.sha == sha256(sent).hexdigest()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_it_is_turned_as_the_camera_was_held(turn, kind):
    exif = notes(turn)
    ours = drawn_anew(encoded(two_halves(), kind, exif=exif))
    meant = ImageOps.exif_transpose(opened(encoded(two_halves(), exif=exif)))
    image = opened(ours.jpeg)
    assert image.size == meant.size == (ours.width, ours.height)
    corners = [(x, y) for x in (0.1, 0.9) for y in (0.1, 0.9)]
    assert [colour(image, *at) for at in corners] == [colour(meant, *at) for at in corners]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(lambda: encoded(noise(4000, 3000), quality=60), id="a camera's"),
        pytest.param(lambda: encoded(noise(1280, 1280, 200), quality=98), id="nothing but noise"),
        pytest.param(lambda: encoded(noise(1280, 960), "PNG"), id="a screen shot"),
    ],
)
def test_it_is_small_whatever_it_was(sent):
    ours = drawn_anew(sent())
    assert len(ours.jpeg) <= MOST_BYTES
    assert max(ours.width, ours.height) <= LONGEST_SIDE


def test_a_small_picture_is_not_made_larger():
    assert (drawn_anew(encoded(two_halves(90, 60))).width) == 90


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_writing_colours_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert drawn_anew(encoded(Image.new(mode, (30, 20)), kind)).width == 30


def test_what_shines_through_is_white():
    image = opened(drawn_anew(encoded(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG")).jpeg)
    assert min(image.getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7 ",
        b"PK\x03\x04" + bytes(100),
        b"#!/bin/sh\n",
        b"\xff\xd8\xff" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(500),
        encoded(two_halves(), "GIF"),
        encoded(two_halves(), "TIFF"),
        encoded(two_halves(), "BMP"),
        encoded(two_halves(), "PPM"),
        encoded(two_halves(), "ICO"),
        b"<script>" + encoded(two_halves()),
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_what_is_no_picture_of_a_known_kind_is_refused(sent):
    with pytest.raises(NoPicture):
        drawn_anew(sent)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(kind, part):
    sent = encoded(noise(), kind)
    with pytest.raises(NoPicture):
        drawn_anew(sent[: int(len(sent) * part)])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_second_file_behind_or_inside_the_picture_is_left_behind(kind):
    script, archive = b"<script>alert('canary')</script>", b"PK\x03\x04canary"
    sent = encoded(two_halves(), kind, comment=script, exif=notes()) + script + archive
    ours = drawn_anew(sent).jpeg
    assert b"canary" not in ours and b"script" not in ours and b"PK\x03\x04" not in ours
    assert ours.startswith(b"\xff\xd8") and ours.endswith(b"\xff\xd9")


def test_more_than_eight_megabytes_are_refused_unopened():
    with pytest.raises(TooManyBytes):
        drawn_anew(encoded(two_halves()) + bytes(8 * 1024 * 1024))


def test_forty_megapixels_are_the_most():
    with pytest.raises(TooManyPixels):
        drawn_anew(encoded(Image.new("L", (8001, 5001)), "PNG"))


def test_a_progressive_picture_has_few_passes():
    sent = encoded(two_halves(), progressive=True)
    assert drawn_anew(sent)
    scan = sent[sent.rindex(b"\xff\xda") : -2]
    with pytest.raises(BrokenPicture):
        drawn_anew(sent[:-2] + scan * 2000 + b"\xff\xd9")


PEAK = """
import resource, sys
from app.lib.pictures import TooManyPixels, drawn_anew
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
try:
    drawn_anew(sys.stdin.buffer.read())
except TooManyPixels:
    print(peak() - before)
"""


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (20_000, 20_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(width, height):
    run = [sys.executable, "-c", PEAK]
    sent = bomb(width, height)
    done = subprocess.run(run, input=sent, capture_output=True, check=True, cwd=ROOT)
    assert int(done.stdout) < 20_000  # KB; unpacked it would be gigabytes


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few KB that would unpack to width × height pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return len(data).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"
    squeezed = zlib.compress(bytes(4_000_000), 9)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_thumbnail_is_smaller_still():
    ours = drawn_anew(encoded(noise(1600, 1200)))
    small = thumbnail(ours.jpeg)
    assert max(opened(small).size) == 320 and len(small) < 40_000
