"""A workbook locked with a password, as Excel and WPS lock one (ECMA-376 agile encryption).

Why this and not a zip: docs/adr/0011. The password is made here, shown once and kept
nowhere: twelve signs that nobody mistakes for one another, 59 bits, behind 100,000
rounds of SHA-512.
"""

import secrets
from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile

PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, SIGNS = 3, 4


def new_password() -> str:
    """``k7mp-2xwq-9hta``."""
    groups = ("".join(secrets.choice(PLAIN_SIGNS) for _sign in range(SIGNS)) for _ in range(GROUPS))
    return "-".join(groups)


def locked(content: bytes, password: str) -> bytes:
    """The same workbook, encrypted."""
    written = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, written)
    return written.getvalue()
