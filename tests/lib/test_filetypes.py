"""A file is what its bytes say; what could run or show by itself is not taken."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from app.lib.filetypes import recognised
from app.lib.refusal import Refused
from tests.lib.pictures import encoded


def office(*names: str) -> bytes:
    box = BytesIO()
    with ZipFile(box, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return box.getvalue()


def test_a_picture_is_drawn_anew():
    sent = encoded(Image.new("RGB", (40, 30), (10, 90, 120)))
    file = recognised("门口.PNG", sent)
    assert (file.kind, file.name) == ("jpg", "门口.jpg")
    assert file.content.startswith(b"\xff\xd8") and file.content != sent


def test_papers_are_kept_as_they_are():
    pdf = recognised("通知.pdf", b"%PDF-1.7 ...")
    assert (pdf.kind, pdf.name, pdf.content) == ("pdf", "通知.pdf", b"%PDF-1.7 ...")
    assert recognised("x", office("[Content_Types].xml", "word/document.xml")).kind == "docx"
    assert recognised("x", office("[Content_Types].xml", "xl/workbook.xml")).kind == "xlsx"
    assert recognised("x", office("[Content_Types].xml", "ppt/presentation.xml")).kind == "pptx"


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"<html><script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90", b"PK\x03\x04broken", office("word/document.xml"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        office("evil.exe"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_its_name(sent):
    with pytest.raises(Refused, match="没有收下"):
        recognised("通知.pdf", sent)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"), ("C:\\x\\通知.exe", "通知.pdf"), ("", "file.pdf"),
        ("a\r\nb.pdf", "ab.pdf"), ("长" * 300, "长" * 80 + ".pdf"), ("...", "file.pdf"),
    ],
)  # fmt: skip
def test_its_name_carries_no_path_and_the_right_ending(given, kept):
    assert recognised(given, b"%PDF-1.4").name == kept
