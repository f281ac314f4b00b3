"""Pictures that a phone sent, drawn anew from their pixels: upright, small, nothing beside them.

What comes in is a stranger's file. It must be one of few kinds, of a size that is
known before a pixel is unpacked, and is read one at a time. Out comes a JPEG that
was drawn here: no place, no time, no maker, no second file behind the picture.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import ClassVar

from PIL import Image, ImageOps

from app.lib.refusal import Refused
from app.lib.words import N_, say

log = logging.getLogger(__name__)

LONGEST_SIDE = 1280
THUMBNAIL_SIDE = 320
MOST_BYTES = 200_000
MOST_SENT_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG", "WEBP", "HEIF")  # HEIF where a plug-in of Pillow reads it
# A progressive JPEG is unpacked as often as it has scans; cameras write about ten.
MOST_SCANS, SCAN = 64, b"\xff\xda"
SIDES, QUALITIES = (1280, 1024, 800, 640, 480, 320), (85, 78, 70, 60, 50, 40)
BAND = 128

_one_at_a_time = BoundedSemaphore()


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of ours, and the hash of what it was made from."""

    sha: str
    jpeg: bytes
    width: int
    height: int


class NoPicture(Refused):
    """It is no picture of a kind we know."""

    words: ClassVar[str] = N_("这个文件不是照片，或者格式不认识；请换成 JPEG、PNG 或 WebP 的照片。")

    def __init__(self, **values: int):
        super().__init__(say(self.words, **values))


class BrokenPicture(NoPicture):
    """It began like a picture and does not end like one."""

    words = N_("照片不完整或已损坏，请重拍一张。")


class TooManyPixels(NoPicture):
    words = N_("照片的像素太多，请用小一些的尺寸重拍一张。")


class TooManyBytes(NoPicture):
    words = N_("照片太大，最多 %(most)s MB；请用小一些的尺寸重拍一张。")

    def __init__(self) -> None:
        super().__init__(most=MOST_SENT_BYTES // 1024**2)


def drawn_anew(sent: bytes) -> Picture:
    """The picture in `sent`, redrawn; NoPicture, or a kind of it, where there is none."""
    if len(sent) > MOST_SENT_BYTES:
        raise TooManyBytes
    with _one_at_a_time:
        image = _clean(sent)
    jpeg, image = _small_enough(image)
    return Picture(hashlib.sha256(sent).hexdigest(), jpeg, *image.size)


def thumbnail(jpeg: bytes) -> bytes:
    """A picture of ours for a list."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return _written(image, quality=70)


def _clean(sent: bytes) -> Image.Image:
    """Its pixels and nothing else: upright, opaque, not much larger than we keep them."""
    image = _opened(sent)
    try:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        return _upright(_reduced(image), image)
    except MemoryError as too_much:
        raise TooManyPixels from too_much
    except Exception as broken:  # decoders raise whatever they like over a broken file
        raise BrokenPicture from broken


def _opened(sent: bytes) -> Image.Image:
    """The picture with nothing but its head read."""
    known = [kind for kind in KINDS if kind in _readable()]
    try:
        image = Image.open(BytesIO(sent), formats=known)
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels from bomb
    except Exception as unknown:
        raise NoPicture from unknown
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    if image.info.get("progressive") and sent.count(SCAN) > MOST_SCANS:
        raise BrokenPicture
    return image


def _readable() -> dict:
    Image.init()
    return Image.OPEN


def _reduced(image: Image.Image) -> Image.Image:
    """On white, a whole fraction of its size, band by band: a large one is not copied whole."""
    by = max(1, max(image.size) // (2 * LONGEST_SIDE))
    width, height = -(-image.width // by), -(-image.height // by)
    small = Image.new("RGB", (width, height), "white")
    for top in range(0, image.height, BAND * by):
        band = image.crop((0, top, image.width, min(image.height, top + BAND * by)))
        band = band.convert("RGBA" if band.has_transparency_data else "RGB").reduce(by)
        small.paste(band, (0, top // by), band if band.mode == "RGBA" else None)
    return small


def _upright(small: Image.Image, sent: Image.Image) -> Image.Image:
    """Turned as the camera was held."""
    try:
        turn = sent.getexif().get(0x0112)
    except Exception:
        log.info("a photo whose notes cannot be read is shown as it lies")
        return small
    if turn in range(2, 9):
        small.getexif()[0x0112] = turn
    return ImageOps.exif_transpose(small)


def _small_enough(image: Image.Image) -> tuple[bytes, Image.Image]:
    for small, quality in _attempts(image):
        jpeg = _written(small, quality=quality)
        if len(jpeg) <= MOST_BYTES:
            break
    return jpeg, small


def _attempts(image: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Ever smaller, each at ever lower quality."""
    for side in SIDES:
        small = image.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            yield small, quality


def _written(image: Image.Image, *, quality: int) -> bytes:
    """A JPEG of the pixels alone: what else the image carries is not drawn."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
