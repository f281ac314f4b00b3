"""What happened to somebody, in words: one line per event with who and when."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.cases import KINDS as CASE_KINDS
from app.domain.events import Event
from app.lib import clock
from app.lib.words import N_
from app.reports.timeline import Told
from app.web.records.retelling import kind_words, outcome_words
from app.web.words import moment, translated

TONES = {
    "recorded": "ok",
    "recorded_late": "warn",
    "not_reached": "warn",
    "withdrawn": "warn",
    "record_returned": "warn",
    "case_opened": "next",
    "incident_reported": "bad",
}
REPLACED = N_("已被更正或撤销")


def lines_of(told: Iterable[Told]) -> list[dict[str, Any]]:
    """The items of the timeline macro."""
    return [_line(one) for one in told]


def _line(told: Told) -> dict[str, Any]:
    event = told.event
    return {
        "at": moment(event.at),
        "iso": clock.local(event.at).isoformat(timespec="minutes"),
        "words": _words(told),
        "note": _note(told),
        "by": event.by.name if event.by else "",
        "tone": None if told.replaced else TONES.get(event.kind),
        "url": _url(told),
    }


def _words(told: Told) -> str:
    event, record = told.event, told.record
    words = translated(event.words)
    if record is not None and _tells(told):
        said = [kind_words(record.kind), outcome_words(record.kind, record.outcome)]
        late = words if event.kind != "recorded" else ""
        return " · ".join(part for part in (*said, late) if part)
    if event.kind in ("case_opened", "case_closed") and event.data.get("kind") in CASE_KINDS:
        return f"{words} · {translated(CASE_KINDS[event.data['kind']])}"
    return words


def _note(told: Told) -> str:
    if told.replaced and told.event.kind != "withdrawn":
        return translated(REPLACED)
    notes = (_late_note(told.event, told), _photo_note(told))
    return _("，").join(note for note in notes if note)


def _photo_note(told: Told) -> str:
    return _("照片 %(n)s 张", n=told.photos) if told.photos and _tells(told) else ""


def _tells(told: Told) -> bool:
    """Whether it is the line of the record itself, and not of something done with it."""
    return told.event.kind in ("recorded", "recorded_late", "corrected")


def _late_note(event: Event, told: Told) -> str:
    if event.kind == "recorded_late" and told.record is not None:
        return _("发生于 %(when)s，晚到 %(n)s 天",
                 when=moment(told.record.at), n=told.record.late_by_days)  # fmt: skip
    if event.kind == "end_corrected":
        return _("改到 %(day)s：%(why)s", day=event.data["now"], why=event.data["reason"])
    if event.kind in ("check_asked", "check_joined"):
        return event.data.get("sender", "")
    if event.kind == "not_reached":
        return _("第 %(n)s 次", n=event.data.get("attempt", 1))
    return ""


def _url(told: Told) -> str | None:
    return url_for("records.record", record_id=told.record.id) if told.record else None
