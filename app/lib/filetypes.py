"""What kind of file somebody handed in, told by its bytes and never by its name.

A picture is drawn anew (app/lib/pictures.py). Of other files only those are taken that
show nothing by themselves in a browser and carry no programs: PDF, and the three
office kinds without macros.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from app.lib.pictures import NoPicture, drawn_anew
from app.lib.refusal import Refused
from app.lib.words import say

MIME = {
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# The folder inside an office file that tells what it is.
FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
MACROS = "vbaproject.bin"
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it will be kept: its kind, a name with the ending of the kind, its bytes."""

    kind: str
    name: str
    content: bytes

    @property
    def sha(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def recognised(name: str, sent: bytes) -> Handed:
    """The file that was sent, if it is of a kind we take; Refused otherwise."""
    if kind := "pdf" if sent.startswith(b"%PDF-") else _office_kind(sent):
        return Handed(kind, _named(name, kind), sent)
    try:
        return Handed("jpg", _named(name, "jpg"), drawn_anew(sent).jpeg)
    except NoPicture:
        why = say("“%(name)s”没有收下：只收图片、PDF 和不带宏的 docx、xlsx、pptx。", name=name)
        raise Refused(why) from None


def _office_kind(sent: bytes) -> str | None:
    if not sent.startswith(b"PK"):
        return None
    try:
        with ZipFile(BytesIO(sent)) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (BadZipFile, ValueError, OSError):
        return None
    if "[content_types].xml" not in names or any(name.endswith(MACROS) for name in names):
        return None
    return next(
        (kind for folder, kind in FOLDERS.items() if any(n.startswith(folder) for n in names)), None
    )


def _named(name: str, kind: str) -> str:
    """The name without a path, control signs or a foreign ending."""
    stem = PurePath(name.replace("\\", "/")).stem
    clean = "".join(sign for sign in stem if sign.isprintable()).strip(" .")
    return f"{clean[:NAME_LENGTH] or 'file'}.{kind}"
