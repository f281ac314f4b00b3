"""Which rules and which situation are in force at a place on a day.

The edition is the rulebook's for the day, unless an area above has adopted
another (a city that lags, a drill). A situation (silent management, heat, storm,
cold) is declared for an area and ends by a deed; it changes how often elders
are visited.
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Select, String, bindparam, literal, or_, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from app.domain import audit
from app.domain.cases import Papers
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.lib import clock
from app.lib.db import db, session
from app.lib.refusal import OutOfRules, Refused
from app.lib.words import N_, say
from app.policy.facts import Situation
from app.policy.rulebook import RULES, NoRule

SITUATIONS = {
    "silent": N_("静默管理"),
    "heat": N_("高温"),
    "storm": N_("暴雨大风"),
    "cold": N_("寒潮"),
}


class Adoption(db.Model):
    """An area follows another edition than the calendar's, from a day on."""

    __tablename__ = "adoptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    edition: Mapped[str] = mapped_column(String(20))
    begins: Mapped[date]
    ends: Mapped[date | None]
    why: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    area: Mapped[Area] = relationship()


class DeclaredSituation(db.Model):
    """A situation over an area, from a day to a day."""

    __tablename__ = "situations"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    begins: Mapped[date]
    ends: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    area: Mapped[Area] = relationship()


def edition_at(area: Area, day: date) -> str:
    """The key of the edition in force at a place on a day; the nearest adoption above wins.

    Asked of the database once in a session: a page asks for every kind it offers.
    """
    known = session.info.setdefault("editions", {})
    if (area.path, day) not in known:
        known[area.path, day] = _adopted(area, day) or RULES.edition_on(day)
    return known[area.path, day]


def _adopted(area: Area, day: date) -> str | None:
    wanted = select(Adoption.edition).join(Area, Area.id == Adoption.area_id)
    wanted = wanted.where(_covers(area), *_on(Adoption, day))
    return session.scalar(wanted.order_by(Area.path.desc(), Adoption.begins.desc()).limit(1))


def papers_for(kind: str, reason: str, area: Area, day: date) -> Papers:
    """The papers of a case for a reason; Refused where the edition in force has no such reason."""
    edition, jurisdiction = edition_at(area, day), jurisdiction_of(area)
    try:
        found = RULES.reason(kind, reason, edition, jurisdiction, day)
    except NoRule as missing:
        unknown = say("现行规则里没有这个原因，请从列表里选一个。")
        raise OutOfRules(unknown, {"reason": [unknown]}) from missing
    return Papers(reason, found.rule, edition, jurisdiction, found.label)


def situations_at(area: Area) -> tuple[Situation, ...]:
    """Every situation that was or is over a place."""
    return tuple(Situation(*row) for row in session.execute(_situations(), {"path": area.path}))


def situation_now(area: Area, day: date) -> DeclaredSituation | None:
    """The latest situation over a place on a day; None in ordinary days."""
    rows = select(DeclaredSituation).join(Area).where(_covers(area), *_on(DeclaredSituation, day))
    return session.scalar(rows.order_by(DeclaredSituation.begins.desc()).limit(1))


def situations_on(area: Area, day: date) -> list[DeclaredSituation]:
    """All situations over a place on a day, the oldest first."""
    rows = select(DeclaredSituation).join(Area).where(_covers(area), *_on(DeclaredSituation, day))
    rows = rows.order_by(DeclaredSituation.begins, DeclaredSituation.id)
    return list(session.scalars(rows.options(contains_eager(DeclaredSituation.area))))


def jurisdiction_of(area: Area) -> str:
    """The six-digit code of the district (or nearest place above) whose rules apply."""
    known = session.info.setdefault("jurisdictions", {})  # asked for every message
    if area.path not in known:
        known[area.path] = (area.up_to("district") or area.up_to("city") or area).code[:6]
    return known[area.path]


def adopt(area: Area, edition: str, *, why: str, by: User, at: datetime) -> Adoption:
    """Follow `edition` at `area` from today on. Cases that are open keep the edition they have."""
    if edition not in RULES.editions:
        raise Refused(say("没有这个规则版本。"))
    day = clock.local_day(at)
    was = edition_at(area, day)
    for current in adoptions_on(day, of=area):
        _end(current, by=by, at=at)
    adoption = Adoption(area=area, edition=edition, begins=day, why=why, by_id=by.id)
    session.add(adoption)
    session.info.pop("editions", None)
    data = {"area": area.code, "edition": edition, "was": was}
    happened("rules_adopted", by=by, at=at, data=data)
    _audit(area, f"{edition}: {why}", by=by, at=at)
    return adoption


def end_adoption(adoption: Adoption, *, by: User, at: datetime) -> None:
    """Follow the calendar's edition again from today on."""
    _end(adoption, by=by, at=at)
    data = {"area": adoption.area.code, "edition": None, "was": adoption.edition}
    happened("rules_adopted", by=by, at=at, data=data)


def _end(adoption: Adoption, *, by: User, at: datetime) -> None:
    adoption.ends = clock.local_day(at) - timedelta(days=1)
    session.info.pop("editions", None)
    _audit(adoption.area, f"end of {adoption.edition}", by=by, at=at)


def adoptions_on(day: date, *, of: Area | None = None) -> list[Adoption]:
    """The adoptions in force on a day, of one area or of all, by the code of the area."""
    rows = select(Adoption).join(Area, Area.id == Adoption.area_id).where(*_on(Adoption, day))
    if of is not None:
        rows = rows.where(Adoption.area_id == of.id)
    return list(session.scalars(rows.order_by(Area.code, Adoption.id)))


def declare(area: Area, kind: str, *, by: User, at: datetime) -> DeclaredSituation:
    """Declare a situation over `area` from today on."""
    if kind not in SITUATIONS:
        raise Refused(say("没有这种情形。"))
    day = clock.local_day(at)
    if any(row.kind == kind and row.ends is None for row in situations_on(area, day)):
        raise Refused(say("这里已经宣布了同样的情形，不用再宣布。"))
    situation = DeclaredSituation(area=area, kind=kind, begins=day, by_id=by.id)
    session.add(situation)
    happened("situation_declared", by=by, at=at, community_id=area.id, data={"kind": kind})
    return situation


def end_situation(situation: DeclaredSituation, *, by: User, at: datetime) -> None:
    situation.ends = clock.local_day(at)
    data = {"kind": situation.kind}
    happened("situation_ended", by=by, at=at, community_id=situation.area_id, data=data)


def _audit(area: Area, what: str, *, by: User, at: datetime) -> None:
    audit.note("rules_changed", by=by, at=at, target=f"area:{area.id}", reason=what)


@cache
def _situations() -> Select:
    """Kind, begin and end of the situations over a path, the oldest first."""
    rows = select(DeclaredSituation.kind, DeclaredSituation.begins, DeclaredSituation.ends)
    rows = rows.join(Area).where(bindparam("path", type_=String).startswith(Area.path))
    return rows.order_by(DeclaredSituation.begins, DeclaredSituation.id)


def _covers(area: Area):
    return literal(area.path).startswith(Area.path)


def _on(model, day: date):
    return model.begins <= day, or_(model.ends.is_(None), model.ends >= day)


def numbers(kind: str, key: str, area: Area, day: date) -> Any:
    """The numbers of a rule that needs no case, as they hold at a place on a day."""
    return RULES.rule(kind, key, edition_at(area, day), jurisdiction_of(area), day).params
