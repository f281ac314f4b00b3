"""The course of work given out in words, for the pages of a worker and of her director."""

from typing import Any

from flask_babel import gettext as _

from app.domain.assignments import Assignment
from app.domain.receivers import HOW
from app.domain.shares import ASKS, Share, ShareStep
from app.intake import KINDS
from app.lib import clock
from app.lib.words import N_
from app.web.words import moment, translated

STEP_WORDS = {
    "accept": N_("已接收"),
    "ask": N_("问"),
    "answer": N_("答复"),
    "hand_on": N_("转交"),
    "finish": N_("办好了"),
    "reopen": N_("撤销办好"),
    "check": N_("核过"),
    "send_back": N_("退回重办"),
    "give_again": N_("改派"),
    "leave": N_("人已离开，交回社区负责人"),
    "move": N_("改期限"),
    "withdraw": N_("撤回"),
}
TONES = {"finish": "ok", "check": "ok", "accept": "ok", "send_back": "bad", "leave": "bad"}


def asks_words(asks: str) -> str:
    """What counts as done: ``tick``, or the key of a record kind."""
    return translated(ASKS[asks]) if asks in ASKS else translated(KINDS[asks].words)


def how_words(given: Assignment) -> str:
    """To whom it went, by sort and number."""
    return _("%(how)s · %(n)s 份", how=translated(HOW[given.how]), n=len(given.shares))


def course_of(share: Share) -> list[dict[str, Any]]:
    """The items of the timeline macro: every step, by whom and when."""
    return [_step(step) for step in share.steps]


def _step(step: ShareStep) -> dict[str, Any]:
    return {
        "at": moment(step.at),
        "iso": clock.local(step.at).isoformat(timespec="minutes"),
        "words": translated(STEP_WORDS[step.step]),
        "by": step.by.name,
        "note": _note(step),
        "tone": TONES.get(step.step, "warn"),
    }


def _note(step: ShareStep) -> str:
    told = []
    if step.to:
        told.append(_("给%(name)s", name=step.to.name))
    if step.until:
        told.append(_("期限 %(when)s", when=moment(step.until)))
    return _("，").join([*told, step.words] if step.words else told)
