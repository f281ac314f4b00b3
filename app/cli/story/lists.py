"""A list of the night: a dozen people who may have been in a shop, to be checked today."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.cli.story.week import Community
from app.domain import checks, lists
from app.domain.cases import Case
from app.domain.check import Check
from app.domain.people import User, workers_of
from app.domain.places import Area
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session

SENDER, FILE = "太原市流调专班", "10月排查名单（南内环街二社区）.xlsx"
QUESTION = "前天下午去过双塔寺街家家利超市没有"
STRANGER = {"name": "裴晓明", "phone": "13903519127", "address": "双塔寺街口小吃店"}
GRIDS = 10


def last_nights_list(community: Community, calendar: Calendar, dice: Random) -> None:
    """Taken in at half past seven; some were called, one has not answered, the rest wait."""
    at = partial(calendar.at, calendar.today)
    people = _people(community.area)
    with clock.stopped_at(at(7.5)):
        list_ = _receive(community, calendar, at(7.5))
        found = [_ask(list_, one, community.director) for one in people]
        found.append(_ask_for_stranger(list_, community))
    _call(found, community, Hand(dice), at)


def _receive(community: Community, calendar: Calendar, at: datetime) -> PushedList:
    told = {"name": FILE, "sender": SENDER, "question": QUESTION, "file": None}
    six = clock.at(calendar.today) + timedelta(hours=18)
    told |= {"deadline_at": six, "by": community.director, "at": at}
    return lists.receive("check", community.area, **told)


def _people(area: Area) -> list[Resident]:
    """One of each grid who is under nobody's care; of the first two who live behind one door."""
    in_care = select(Case.resident_id).where(Case.closed_at.is_(None))
    found: list[Resident] = []
    for grid in area.under("grid")[:GRIDS]:
        rows = select(Resident).where(Resident.grid_id == grid.id, Resident.id.not_in(in_care))
        rows = rows.where(Resident.phone_sealed.is_not(None), Resident.household_id.is_not(None))
        found += list(session.scalars(rows.order_by(Resident.id).limit(1 if found else 2)))
    return found


def _ask(list_: PushedList, person: Resident, by: User) -> Check:
    row = ListRow(sheet="Sheet1", number=len(list_.rows) + 3, state="")
    list_.rows.append(row)
    row.understood = {"name": person.name, "phone": person.phone}
    row.resident, row.household, row.grid_id = person, person.household, person.grid_id
    told = {"grid": person.grid, "household": person.household, "resident": person}
    return checks.ask(row, by=by, at=clock.now(), **told)


def _ask_for_stranger(list_: PushedList, community: Community) -> Check:
    """Somebody on no roll: he works in the first grid."""
    grid = community.area.under("grid")[0]
    row = ListRow(sheet="Sheet1", number=len(list_.rows) + 3, state="", grid_id=grid.id)
    list_.rows.append(row)
    row.understood = STRANGER
    return checks.ask(row, grid=grid, by=community.director, at=clock.now())


def _call(found: list[Check], community: Community, hand: Hand, at: partial) -> None:
    """A third is done; one was tried, one did not want to say."""
    grids = [grid.id for grid in community.area.under("grid")]
    hers = dict(reversed(workers_of(grids, clock.today())))
    outcomes = {2: "real", 4: "no_answer", 5: "real", 7: "elsewhere", 8: "refused"}
    for place, outcome in outcomes.items():
        task, hour = found[place].task, at(8.2 + place / 6)
        by, about = hers[task.grid_id], {"task_id": task.id}
        hand.write("check_result", by=by, at=hour, subject=about, outcome=outcome)
