"""The sudden events of the story: two settled during the week, three open this morning."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.cli.story.week import Community
from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session

# How many days ago, what kind, what was reported, what was done.
SETTLED = {
    5: ("flood", "3号楼地下室渗水，过道有积水。", "已联系物业抽水，铺了防滑垫。"),
    2: ("other", "楼道堆放纸箱杂物，堵住消防栓。", "已和住户一起清走。"),
}


def past_incident(community: Community, day: date, calendar: Calendar, dice: Random) -> None:
    """What came up on a day before today and was settled the same day; most days nothing."""
    back = (calendar.today - day).days
    if back not in SETTLED:
        return
    kind, words, done = SETTLED[back]
    worker, director = community.workers[back % len(community.workers)], community.director
    incident = _report(Hand(dice), worker, calendar.at(day, 9.4), kind, words)
    _do(calendar.at(day, 9.7), incident.verify, "电话核实属实。", by=director)
    _do(calendar.at(day, 9.8), incident.assign, worker, calendar.at(day, 13), by=director)
    _do(calendar.at(day, 11.5), incident.handle, done, by=worker)
    _do(calendar.at(day, 12), incident.check, "看过现场照片。", by=director)
    _do(calendar.at(day, 12.1), incident.close, "", by=director)


def this_mornings_incidents(
    community: Community, elder: Case, calendar: Calendar, dice: Random
) -> None:
    """One handled and unchecked, one with more time asked for, one just reported."""
    hand, today = Hand(dice), calendar.today
    first, second, third = community.workers[0], community.workers[2], community.workers[4]
    water = _report(hand, third, calendar.at(today, 8.1), "outage", "4号楼停水，全楼没有水。")
    _assign(water, third, community, calendar, 8.3)
    _do(calendar.at(today, 9.5), water.handle, "水务抢修，九点二十恢复供水。", by=third)
    wall = _report(hand, second, calendar.at(today, 8.6), "house_danger", "6排院墙斜了。")
    _assign(wall, second, community, calendar, 8.9)
    more_time = wall.deadline + timedelta(hours=2)
    _do(calendar.at(today, 9.6), wall.ask_extension, more_time, "等住建局来人勘查。", by=second)
    hand.write(
        "incident",
        by=first,
        at=calendar.at(today, 10.3),
        subject={"resident_id": elder.resident_id},
        kind="turned_yellow",
        words="老人刚刚转黄码，一个人住，没人送饭。",
    )


def _assign(
    incident: Incident, worker: User, community: Community, calendar: Calendar, hour: float
) -> None:
    at = calendar.at(calendar.today, hour)
    _do(at, incident.verify, "电话核实属实。", by=community.director)
    _do(at, incident.assign, worker, at + timedelta(hours=1.5), by=community.director)


def _do(at: datetime, verb: Callable[..., None], *said: object, by: User) -> None:
    with clock.stopped_at(at):
        verb(*said, by=by, at=at)


def _report(hand: Hand, worker: User, at: datetime, kind: str, words: str) -> Incident:
    record: Record = hand.write(
        "incident", by=worker, at=at, subject={}, kind=kind, words=words, place="见描述"
    )
    session.flush()
    return session.get(Incident, record.incident_id)
