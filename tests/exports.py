"""Fetching whole names in a test as a director does: ask, fetch, read the password, unlock."""

import re
from io import BytesIO

import msoffcrypto
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.web.pages import soup


def unlocked(content: bytes, password: str) -> Workbook:
    """The workbook behind the password, opened by the library's reader."""
    assert content.startswith(b"\xd0\xcf\x11\xe0")
    locked, plain = msoffcrypto.OfficeFile(BytesIO(content)), BytesIO()
    locked.load_key(password=password)
    locked.decrypt(plain)
    return load_workbook(plain)


def fetched(client: FlaskClient, export: str) -> Workbook:
    """What lies at ``/exports/7``, made, downloaded and unlocked."""
    page = soup(client.post(f"{export}/file"))
    answer = client.post(f"{export}/file.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return unlocked(answer.data, page.find(id="password").text)


def in_full(client: FlaskClient, url: str, **form: str) -> Workbook:
    """The same from where it is asked for."""
    answer = client.post(url, data={"reason": "报街道"} | form)
    assert answer.status_code == 303, answer.text
    assert re.fullmatch(r"/exports/\d+", answer.location), answer.location
    return fetched(client, answer.location)


def words_of(book: Workbook) -> set[str]:
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
