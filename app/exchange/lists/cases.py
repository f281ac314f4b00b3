"""Which open cases and which records the people of some rows have, and how a row begins one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.cases import Case
from app.domain.records import Record
from app.exchange.lists.reasons import origin_of
from app.lib import clock
from app.lib.db import session

RESULTS = ("test",)
TRANSPORTS = (
    ("train", r"火车|高铁|动车|列车|铁路|^[GDCKTZ]\d{1,4}$"),
    ("plane", r"飞机|航班|航空|民航|^[0-9A-Z]{2}\d{3,4}$"),
    ("coach", r"客车|大巴|客运|班车|长途"),
    (
        "car",
        r"自驾|私家车|汽车|开车|轿车|货车|^[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z]",
    ),
)


class OpenCases:
    """The open cases of some people, by kind."""

    def __init__(self, resident_ids: Iterable[int]):
        self.by_person: dict[int, dict[str, Case]] = defaultdict(dict)
        wanted = select(Case).where(Case.resident_id.in_(set(resident_ids)))
        for case in session.scalars(wanted.where(Case.closed_at.is_(None))):
            self.by_person[case.resident_id][case.kind] = case

    def of(self, resident_id: int | None, *kinds: str) -> Case | None:
        """The first of these kinds that is open."""
        theirs = self.by_person.get(resident_id or 0, {})
        return next((theirs[kind] for kind in kinds if kind in theirs), None)

    def note(self, case: Case) -> None:
        self.by_person[case.resident_id][case.kind] = case


def told_before(case: Case, outcome: str, day: date) -> bool:
    """Whether the same result of the same day stands in a case already."""
    wanted = select(Record.id).where(Record.case_id == case.id, Record.kind.in_(RESULTS))
    wanted = wanted.where(Record.outcome == outcome, Record.day == day)
    return session.scalar(wanted.limit(1)) is not None


def arrival_fields(told: Mapping[str, Any], reason: str, at: datetime) -> dict[str, Any]:
    """What a row says of an arrival, as the form takes it."""
    arrived, left = told.get("arrived", ""), told.get("left_on", "")
    origin = origin_of(told.get("came_from", "")) or ""
    is_ahead = not arrived or arrived > f"{clock.local(at):%Y-%m-%dT%H:%M}"
    if left and (not arrived or left[:10] > arrived[:10]):
        left = ""
    return {
        "outcome": "announced" if is_ahead else "arrived",
        "reason": reason,
        "origin": origin,
        "left_on": left[:10] if left else "",
        "arrived_at": _with_time(arrived),
        "transport": transport_of(told),
        "trip_number": told.get("trip", "")[:60],
        "companions": _number(told.get("companions", "")),
        "note": said(told, "came_from" if not origin else "", "measure", "ends", "note"),
    }


def push_fields(told: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """What a row says of a yellow code, as the form takes it."""
    coloured = _with_time(told.get("coloured") or told.get("pushed") or "")
    return {
        "reason": reason,
        "source": "pushed",
        "coloured_at": coloured,
        "note": said(told, "reason", "measure", "source", "note"),
    }


def transport_of(told: Mapping[str, Any]) -> str:

    written = " ".join(filter(None, (told.get("transport"), told.get("trip"))))
    for part in (written, *written.upper().split()):
        for key, pattern in TRANSPORTS:
            if re.search(pattern, part):
                return key
    return "other" if told.get("transport") else ""


def said(told: Mapping[str, Any], *names: str) -> str:
    """What is kept as a note because no field asks for it."""
    return "；".join(str(told[name]) for name in names if name and told.get(name))[:2000]


def moment_in(told: str) -> datetime | None:
    """The instant that a row names, on our clock."""
    if not told:
        return None
    local = datetime.fromisoformat(_with_time(told)).replace(tzinfo=clock.LOCAL)
    return local.astimezone(UTC)


def not_ahead(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is None or moment <= at + timedelta(minutes=1) else None


def _with_time(told: str) -> str:
    return told if not told or "T" in told else f"{told}T00:00"


def _number(told: str) -> str:
    return told if told.isdecimal() and len(told) < 3 else ""
