"""The name under which a half-filled form is kept: its kind and the one thing it is about."""

import re
from urllib.parse import parse_qs, urlsplit

# What a form may be about, the most telling first; each is an argument of its address.
SUBJECTS = ("entry", "supersedes", "task", "case", "incident", "resident", "household")


def form_key(path: str) -> str:
    """``/record/visit?task=3`` → ``visit.task3``; an empty text where `path` is no record form."""
    parts = urlsplit(path)
    found = re.fullmatch(r"/record/([a-z_]{1,24})", parts.path)
    if found is None or parts.netloc:
        return ""
    asked = parse_qs(parts.query)
    about = next((f".{name}{asked[name][0]}" for name in SUBJECTS if name in asked), "")
    return (found.group(1) + about)[:80]
