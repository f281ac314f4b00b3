"""A ledger's filters and its address, one made from the other; nothing of a person is in it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from flask import abort, url_for

from app.reports.ledger import Wanted
from app.reports.ledger_asked import filters_of, wanted_by
from app.web.person import my


def wanted_of(kind: str, asked: Mapping[str, str], name: str = "") -> Wanted:
    """The filters of an address; 404 for a ledger, counter, grid or day that does not exist."""
    try:
        return wanted_by(my(), kind, asked, name)
    except LookupError:
        abort(404)


def asked_in(query: str) -> dict[str, str]:
    """The filters as a form carries them along."""
    return dict(parse_qsl(query))


def address(wanted: Wanted, **changed: Any) -> str:
    """The same list with some filters changed; back on its first page unless `page` is given."""
    filters = {key: value for key, value in (filters_of(wanted) | changed).items() if value}
    return url_for("director.ledger", kind=wanted.ledger.key, **filters)
