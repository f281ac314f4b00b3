"""Two days of work in the cast's community, so that no number on a page is nothing.

It is the morning of 6 October 2022 as ever; some of this happened the day before,
some two and three days ago. Everybody here is invented, too.
"""

from datetime import date, datetime

from app.domain import incidents, reviews
from app.domain.cases import open_case_of
from app.domain.codes import apply_for_decoding
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import Record
from app.domain.residents import Resident
from app.intake.accept import Entry, accept
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync.inbox import receive
from tests.cast import Cast, resident

OCTOBER = {day: date(2022, 10, day) for day in range(1, 8)}


def live(cast: Cast) -> None:
    """Let it all happen and commit it."""
    people = _neighbours(cast)
    _yellow_codes(cast, people)
    _returns(cast, people)
    _elders(cast, people)
    _sudden_events(cast)
    _questions(cast, people)
    _gaps_in_the_roll(cast)
    session.commit()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time of October 2022."""
    return clock.at(OCTOBER[day], hour, minute)


def tell(
    kind: str,
    person: Resident,
    by: User,
    when: datetime,
    *,
    heard: datetime | None = None,
    **fields: str,
) -> Record:
    """Have something recorded at a time; `heard` is when it reached us, if later."""
    entry = Entry(new_id(), kind, when, {"resident_id": person.id}, fields)
    with clock.stopped_at(heard or when):
        return accept(entry, by=by, at=heard or when)


def hand(cast: Cast, person: Resident) -> User:
    """The worker of somebody's grid."""
    return cast.worker if person.grid_id == cast.grid1.id else cast.colleague


def _neighbours(cast: Cast) -> dict[str, Resident]:
    names = "孙一 孙二 孙三 孙四 孙五 孙六 孙七 孙八 孙九".split()
    homes = (cast.grid1, "二轻小区"), (cast.grid2, "水利厅宿舍")
    return {
        name: resident(
            homes[n % 2][0], name, "12"[n % 2], date(1948 + n * 4, 3, 1),
            room=f"{6 + n}01", compound=homes[n % 2][1],
        )
        for n, name in enumerate(names)
    }  # fmt: skip


def _yellow_codes(cast: Cast, people: dict[str, Resident]) -> None:
    """孙五 waits unverified for two days, 孙六 is ready, 孙七 applied for long ago, 孙八 green."""
    for name, day in (("孙五", 4), ("孙六", 4), ("孙七", 3), ("孙八", 3), ("孙九", 6)):
        pushed = at(day, 8)
        why = {"reason": "missed_round", "source": "pushed"}
        tell("code_push", people[name], cast.director, pushed, **why)
    for name, day in (("孙六", 4), ("孙七", 3), ("孙八", 3)):
        by, said = hand(cast, people[name]), {"outcome": "confirmed", "at_home": "y"}
        tell("code_check", people[name], by, at(day, 9), **said, explained="y")
        tell("test", people[name], by, at(day, 10), outcome="negative")
    for name, hour in (("孙七", 9), ("孙八", 11)):
        apply_for(people[name], cast.director, at(4, hour))
    tell("decode_result", people["孙八"], cast.director, at(6, 9), outcome="green")


def apply_for(person: Resident, by: User, when: datetime) -> None:
    with clock.stopped_at(when):
        apply_for_decoding([open_case_of(person.id, "yellow")], by=by, at=when)


def _returns(cast: Cast, people: dict[str, Resident]) -> None:
    for name, reason, origin, day in (
        ("孙一", "green", "370100", 5),
        ("孙二", "overseas", "310000", 6),
        ("孙三", "in_province", "141102", 6),
    ):
        came = {"left_on": f"2022-10-0{day - 1}", "arrived_at": f"2022-10-0{day}T08:00"}
        told = {"outcome": "arrived", "reason": reason, "origin": origin, "transport": "train"}
        tell("arrival", people[name], hand(cast, people[name]), at(day, 9), **told, **came)


def _elders(cast: Cast, people: dict[str, Resident]) -> None:
    """孙一 was well yesterday, 孙二 needs something today, 孙三 was not in, nobody went to 孙四."""
    for name in ("孙一", "孙二", "孙三", "孙四"):
        tell("elder_roll", people[name], cast.director, at(1, 9), reason="lone", high_risk="n")
    one, two, three = (people[name] for name in ("孙一", "孙二", "孙三"))
    tell("visit", one, cast.worker, at(5, 16), heard=at(6, 8), outcome="well", way="door")
    needs = {"outcome": "needs", "way": "phone", "needs": "medicine"}
    tell("visit", two, cast.colleague, at(6, 9), **needs)
    tell("visit", three, cast.worker, at(6, 10), outcome="not_seen", way="door")


def _sudden_events(cast: Cast) -> None:
    """A fall nobody has verified, a leak that is late, an outage that is done."""
    report(cast, "medical", cast.grid1, 10)
    leak, outage = report(cast, "gas", cast.grid2, 8), report(cast, "fire", None, 7)
    leak.verify("", by=cast.director, at=at(6, 8, 5))
    leak.assign(cast.colleague, at(6, 9), by=cast.director, at=at(6, 8, 10))
    outage.verify("", by=cast.director, at=at(6, 7, 5))
    outage.assign(cast.worker, at(6, 12), by=cast.director, at=at(6, 7, 10))
    outage.handle("已恢复", by=cast.worker, at=at(6, 9))


def report(cast: Cast, kind: str, grid: Area | None, hour: int) -> Incident:
    where = {"community_id": cast.home.id, "grid_id": grid.id if grid else None}
    return incidents.report(
        kind,
        "出了点事",
        place="2号楼下",
        grade=1,
        verify_by=at(6, hour, 30),
        by=cast.worker,
        at=at(6, hour),
        **where,
    )


def _questions(cast: Cast, people: dict[str, Resident]) -> None:
    """One record is returned and answered, one returned, one held for the director."""
    visits = session.query(Record).filter_by(kind="visit").order_by(Record.at).all()
    reviews.send_back(visits[0], "药买了吗？", by=cast.director, at=at(6, 9))
    answered = reviews.send_back(visits[1], "谁开的门？", by=cast.director, at=at(6, 9))
    answered.state = "answered"
    elsewhere, fields = {"resident_id": people["孙四"].id}, {"outcome": "well", "way": "door"}
    receive([Entry(new_id(), "visit", at(6, 10), elsewhere, fields)], by=cast.worker)


def _gaps_in_the_roll(cast: Cast) -> None:
    for name in ("周无门", "周无格"):
        person = Resident(community_id=cast.home.id, sex="1", born=date(1980, 1, 1))
        person.set_name(name)
        session.add(person)
    session.flush()
    gone: Area = Area.add(code="1401060010020099", name="旧网格", level="grid", parent=cast.home)
    gone.ends = OCTOBER[1]
    person.grid_id = gone.id
