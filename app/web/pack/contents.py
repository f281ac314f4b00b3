"""All that a phone is sent, in the order in which it is of use: the day and its forms first."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from app.intake import KINDS
from app.reports.packed import Round, round_of
from app.web.pack.blank import blank_pages
from app.web.pack.doors import Doors
from app.web.pack.due import case_forms, incidents, task_forms
from app.web.pack.forms import form_of_a_door
from app.web.pack.given import given, news
from app.web.pack.marks import moulds_in
from app.web.pack.pages import Pages
from app.web.pack.records import record_rows
from app.web.pack.searches import searches
from app.web.pack.stand_ins import PLACE
from app.web.pack.subject_forms import SubjectForms
from app.web.pack.whole import Whole
from app.web.person import my

# Rows that are no pages begin with it: moulds, and the tables by which they are found.
NO_PAGE = "~"

Rows = Iterable[tuple[str, Any]]


def contents(now: datetime) -> Iterator[tuple[str, Any]]:
    """Path and row of everything; each mould stands before the first row that needs it.

    Made one after the other: whoever wants only the first ones does not pay for all.
    """
    pages, around = Pages(), round_of(my(), now)
    return _with_moulds(_in_order(pages, around, now), pages)


def digest(row: Any) -> str:
    """What tells one version of a row from another."""
    text = json.dumps(row, ensure_ascii=False).encode()
    return base64.b64encode(hashlib.sha256(text).digest()[:6]).decode()


def _in_order(pages: Pages, around: Round, now: datetime) -> Rows:
    whole, doors, forms = Whole(pages, around), Doors(pages, around), SubjectForms(pages)
    yield from whole.today()
    yield from whole.checks()
    yield from whole.menu()
    yield from task_forms(forms, around)
    yield from whole.stops()
    yield from blank_pages(pages)
    yield from whole.residents()
    yield from _behind_the_doors(doors)
    yield from case_forms(forms, around)
    yield from given(pages, around)
    yield from incidents(pages)
    yield from news(pages, now)
    yield from whole.onward()
    yield from whole.own()
    yield from record_rows(pages, around)


def _behind_the_doors(doors: Doors) -> Rows:
    """The doors; before them the tables that say which moulds belong to which shape."""
    rows = list(doors.rows())
    of_a_door = {"resident": form_of_a_door(doors.pages, KINDS["resident"])}
    shapes = {"places": PLACE, "home": of_a_door, **doors.shapes.table}
    yield NO_PAGE + "shapes", shapes
    yield NO_PAGE + "search", searches()
    yield NO_PAGE + "sounds", doors.sounds
    yield from ((f"{NO_PAGE}care/{number}", row) for number, row in doors.care())
    yield from rows


def _with_moulds(rows: Rows, pages: Pages) -> Iterator[tuple[str, Any]]:
    sent: set[str] = set()
    for path, row in rows:
        for name in _needed(row, pages.moulds):
            yield from _mould(name, pages.moulds, sent)
        yield path, row


def _needed(row: Any, moulds: dict[str, Any]) -> Iterator[str]:
    if isinstance(row, dict):
        for one in row.values():
            yield from _needed(one, moulds)
    elif isinstance(row, list):
        yield from _needed(row[0], moulds)
        if row[0] == "home":
            yield row[1][-1]
    elif isinstance(row, str) and row in moulds:
        yield row


def _mould(name: str, moulds: dict[str, Any], sent: set[str]) -> Iterator[tuple[str, Any]]:
    if name in sent:
        return
    sent.add(name)
    mould = moulds[name]
    parts = mould if isinstance(mould, list) else [mould]
    inner = [one for part in parts for one in moulds_in(part)]
    for other in (parts[0], *inner) if isinstance(mould, list) else inner:
        yield from _mould(other, moulds, sent)
    yield NO_PAGE + name, mould
