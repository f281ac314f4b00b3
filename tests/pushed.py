"""Lists as the city sends them, with people on them, as a director of the cast takes them in."""

from typing import Any

from app.domain import checks, lists
from app.domain.checks import Check
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session

QUESTION = "10月4日到过唐久便利解放路店没有"


def sent(cast, kind: str = "check", sender: str = "太原市专班", **told: Any) -> PushedList:
    """A list that 张敏 took in just now."""
    known = {"name": "10月6日排查.xlsx", "question": QUESTION, "file": None, "deadline_at": None}
    known |= told
    return lists.receive(kind, cast.home, sender=sender, by=cast.director, at=clock.now(), **known)


def row_of(list_: PushedList, person: Resident | None = None, **told: Any) -> ListRow:
    """A row about one of the cast, or about a stranger as he is `told`."""
    known = {"name": person.name, "phone": person.phone} if person else {}
    row = ListRow(sheet="Sheet1", number=len(list_.rows) + 2)
    list_.rows.append(row)
    row.understood = known | told
    if person is not None:
        row.resident, row.household = person, person.household
        row.grid_id = person.grid_id
    session.flush()
    return row


def asked(cast, person: Resident, list_: PushedList | None = None) -> Check:
    """A check of one of the cast."""
    row = row_of(list_ or sent(cast), person)
    check = checks.ask(
        row,
        grid=person.grid,
        household=person.household,
        resident=person,
        by=cast.director,
        at=clock.now(),
    )
    session.flush()
    return check


def asked_of_stranger(cast, list_: PushedList | None = None, **told: Any) -> Check:
    """A check of somebody who is on no roll, in the first grid."""
    known = {"name": "牛二", "phone": "13903510009", "address": "二轻小区门口"} | told
    row = row_of(list_ or sent(cast), **known)
    check = checks.ask(row, grid=cast.grid1, by=cast.director, at=clock.now())
    session.flush()
    return check
