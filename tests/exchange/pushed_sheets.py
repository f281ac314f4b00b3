"""Lists as senders make them, for tests: everybody in them is invented."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.domain.pushed import ListRow, PushedList
from app.exchange.lists.going_on import go_on
from app.exchange.lists.receiving import Came, read_list, receive
from app.exchange.lists.report import why_of
from app.lib import clock
from app.lib.db import session
from tests.exchange.sheets import workbook


def take_list(kind: str, *rows: Iterable[Any], cast: Any, **more: Any) -> PushedList:
    """Import a list of these rows, the first of them its header, as the director of the cast."""
    return take_file(kind, workbook(rows), cast=cast, **more)


def take_file(kind: str, content: bytes, *, cast: Any, name: str = "", **more: Any) -> PushedList:
    came = Came(name or "名单.xlsx", content, kind, **{"sender": "街道防控办"} | more)
    reading = read_list(came.name, content, kind)
    kept = receive(came, reading, cast.home, by=cast.director, at=clock.now())
    list_id = kept.id
    go_on(list_id, by=cast.director, at=clock.now())
    return session.get(PushedList, list_id)


def rows_of(kept: PushedList) -> list[ListRow]:
    rows = select(ListRow).where(ListRow.list_id == kept.id).order_by(ListRow.id)
    return list(session.scalars(rows))


def states_of(kept: PushedList) -> list[str]:
    return [row.state for row in rows_of(kept)]


def whys_of(kept: PushedList) -> list[str]:
    return [why_of(row) for row in rows_of(kept)]
