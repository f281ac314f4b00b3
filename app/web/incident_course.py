"""The course of an incident in words, for the pages of a worker and of her director."""

from typing import Any

from flask_babel import gettext as _

from app.domain.incidents import Incident, IncidentStep
from app.lib import clock
from app.lib.words import N_
from app.policy.rulebook import RULES
from app.web.words import moment, translated

STEP_WORDS = {
    "verify": N_("核实属实"),
    "dismiss": N_("不属实，已结束"),
    "assign": N_("派单"),
    "ask_extension": N_("申请延期"),
    "grant_extension": N_("同意延期"),
    "decline_extension": N_("不同意延期"),
    "handle": N_("处理完毕"),
    "check": N_("复核通过"),
    "send_back": N_("退回重办"),
    "close": N_("办结"),
}
TONES = {"verify": "ok", "handle": "ok", "check": "ok", "close": "ok", "send_back": "bad"}
REPORTED = N_("上报")


def kind_words(incident: Incident) -> str:
    """``fire`` → 起火冒烟, in the words of its rule."""
    known = {rule.key: rule.words for rule in RULES.entries if rule.kind == "incident"}
    return translated(known.get(incident.kind, incident.kind))


def course_of(incident: Incident) -> list[dict[str, Any]]:
    """The items of the timeline macro: the report and every step, by whom and when."""
    report = _line(incident.reported_at, REPORTED, incident.reported_by.name, "", "bad")
    return [report, *(_step(step) for step in incident.steps)]


def _step(step: IncidentStep) -> dict[str, Any]:
    tone = TONES.get(step.step, "warn")
    return _line(step.at, STEP_WORDS[step.step], step.by.name, _note(step), tone)


def _note(step: IncidentStep) -> str:
    """To whom, until when, and what was written beside it."""
    told = []
    if step.assignee:
        told.append(_("派给%(name)s", name=step.assignee.name))
    if step.until:
        told.append(_("期限 %(when)s", when=moment(step.until)))
    return _("，").join([*told, step.note] if step.note else told)


def _line(at: Any, words: str, by: str, note: str | None, tone: str) -> dict[str, Any]:
    return {
        "at": moment(at),
        "iso": clock.local(at).isoformat(timespec="minutes"),
        "words": translated(words),
        "by": by,
        "note": note or "",
        "tone": tone,
    }
