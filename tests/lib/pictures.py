"""Pictures of every kind that a test hands in."""

from io import BytesIO

from PIL import Image

# What must never come out again: the maker, and where it was taken.
MAKER = "CANARY-MAKER-7f3a"


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def two_halves(width: int = 640, height: int = 480) -> Image.Image:
    """Left blue, right red: so that one sees how it lies."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, 0, width // 2, height))
    return image


def noise(width: int = 640, height: int = 480, colour: int = 60) -> Image.Image:
    """A picture that packs badly, like a leafy yard."""
    bands = [Image.effect_noise((width, height), colour) for _band in range(3)]
    return Image.merge("RGB", bands)


def notes(turn: int = 1) -> Image.Exif:
    """EXIF as a phone writes it: its maker, when and where, how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x0132] = MAKER, turn, "2022:10:06 09:12:00"
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (37.0, 51.0, 12.34), 3: "E", 4: (112.0, 33.0, 8.9)})
    return exif


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def colour(image: Image.Image, x: float, y: float) -> str:
    """red or blue, at a place given in parts of the picture."""
    red, _green, blue = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    return "red" if red > blue else "blue"
