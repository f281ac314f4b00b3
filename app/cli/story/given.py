"""What was given out and told this morning: posters, a form, a notice for ten o'clock."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.cli.story.week import Community
from app.domain import assignments
from app.domain.assignment_templates import keep_template
from app.domain.assignments import Assignment, Order
from app.domain.cases import Case
from app.domain.notices import Draft, give_notice
from app.domain.receivers import To
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.exchange import exporting
from app.lib import clock
from app.lib.db import session

POSTERS = "把第108号通告贴到每个单元门口，旧的揭掉。"
HYDRANTS = "看看楼道里的消防栓有没有被挡住，拍一张照片。"
CALL = "女儿来电话说药快吃完了，去的时候问一声还剩几天的。"
ALLOWANCE = "报民政局核对高龄津贴"
ROUND = "早上巡一遍楼道：灯、门禁、堆放的东西。"


def this_mornings_work(community: Community, elder: Case, calendar: Calendar, dice: Random) -> None:
    """Posters to all, hydrants to whoever has least, a visit with a question to her worker."""
    hand, workers = Hand(dice), community.workers
    at = partial(calendar.at, calendar.today)
    posters = _give(community, calendar, 7.8, POSTERS, To("role", ["worker"]), asks="note")
    tasks = [share.task for share in posters.shares]
    _say(hand, tasks[1], "assignment_accepted", at(8.0))
    _say(hand, tasks[1], "assignment_done", at(9.2), note="12 个单元都贴好了。")
    _say(hand, tasks[2], "assignment_accepted", at(8.4))
    _say(hand, tasks[3], "assignment_asked", at(8.6), question="地下室的门也要贴吗？")
    ill = {"to": "back", "why": "今天一天都在采样点，走不开。"}
    _say(hand, tasks[4], "assignment_handed_on", at(8.7), **ill)
    _give(community, calendar, 9.0, HYDRANTS, To("least"), asks="photo")
    to_her = To("people", [_worker_of(elder, workers).id])
    _give(community, calendar, 9.1, CALL, to_her, asks="visit", resident=elder.resident)
    _ask_for_names(community, at(9.3))
    _keep_round(community, calendar)
    _notice(hand, community, calendar)


def _notice(hand: Hand, community: Community, calendar: Calendar) -> None:
    """At ten, a video training; two of six have not read it."""
    at, ten = calendar.at(calendar.today, 7.6), calendar.at(calendar.today, 10)
    with clock.stopped_at(at):
        draft = Draft(
            "十点视频培训：抗原怎么做",
            words="市里的平台，用社区会议室的电脑也可以看。",
            starts_at=max(ten, at + timedelta(minutes=1)),
            link="https://training.example/108",
            remind=timedelta(minutes=10),
        )
        to = To("role", ["worker"])
        notice = give_notice(draft, to, community.area, by=community.director, at=at)
    for n, worker in enumerate(community.workers[1:5]):
        hour = calendar.at(calendar.today, 7.9 + n / 4)
        hand.write("notice_read", by=worker, at=hour, subject={}, notice=str(notice.id))


def _ask_for_names(community: Community, at: datetime) -> None:
    """The list of elders, whole: of so many people that the street must say yes."""
    with clock.stopped_at(at):
        session.flush()
        what, scope = {"kind": "elder", "query": ""}, Scope(community.director)
        exporting.ask("ledger", what, scope, reason=ALLOWANCE, at=at)


def _give(
    community: Community, calendar: Calendar, hour: float, words: str, to: To, **more: Any
) -> Assignment:
    at = calendar.at(calendar.today, hour)
    order = Order(words=words, due_at=clock.end_of(calendar.today), **more)
    with clock.stopped_at(at):
        return assignments.give(order, to, community.area, by=community.director, at=at)


def _keep_round(community: Community, calendar: Calendar) -> None:
    at = calendar.at(calendar.today, 7.5)
    keep_template(
        "早巡", ROUND, To("role", ["worker"]), community.area, by=community.director, at=at,
        asks="tick", due_clock="10:00",
    )  # fmt: skip


def _say(hand: Hand, task: Task, kind: str, at: datetime, **told: str) -> None:
    """What a receiver said of it."""
    hand.write(kind, by=task.assignee, at=at, subject={"task_id": task.id}, **told)


def _worker_of(elder: Case, workers: list[Any]) -> Any:
    day = clock.today()
    hers = (w for w in workers if elder.grid_id in [grid.id for grid in w.grids_on(day)])
    return next(hers, workers[0])
