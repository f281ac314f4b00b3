"""Finding the table in a sheet, and which column means what: by its name and by its looks."""

from app.exchange.columns.abreast import parted
from app.exchange.columns.header import SEARCHED, Header, find_header
from app.exchange.columns.matching import match
from app.exchange.columns.names import ALL, FIELDS, LONGEST, OF_KIND, OTHERS, field_of, fold

__all__ = [
    "ALL",
    "FIELDS",
    "LONGEST",
    "OF_KIND",
    "OTHERS",
    "SEARCHED",
    "Header",
    "field_of",
    "find_header",
    "fold",
    "match",
    "parted",
]
