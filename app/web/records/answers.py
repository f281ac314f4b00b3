"""Saying what became of an entry: kept, already there, held (and with whom), or refused."""

from flask import url_for
from flask_babel import gettext as _

from app.intake.kind import Kind
from app.reports.my_day import directors_of
from app.sync.inbox import Answer
from app.web.hypermedia import tell
from app.web.words import translated


def say_answer(answer: Answer, kind: Kind, *, about: str = "") -> None:
    """Tell on the next page how one entry was received."""
    if answer.state in ("kept", "already"):
        tell(kept_words(kind, about), undo=undo_url(answer, kind))
        if answer.why:
            tell(translated(answer.why), tone="warn")
    elif answer.state == "held":
        tell(held_words(answer), tone="warn")
    else:
        tell(translated(answer.why), tone="bad")


def kept_words(kind: Kind, about: str) -> str:
    words = translated(kind.words)
    if not about:
        return _("已保存：%(what)s", what=words)
    return _("已保存：%(who)s · %(what)s", who=about, what=words)


def held_words(answer: Answer) -> str:
    """Why it waits, and for whom."""
    who = deciders_in(answer.community_id)
    return _("%(why)s现在在%(who)s那里。", why=translated(answer.why), who=who)


def deciders_in(community_id: int | None) -> str:
    """Who decides on what is held in a community: 张敏、郭玉兰."""
    return "、".join(user.name for user in directors_of(community_id)) or _("社区负责人")


def undo_url(answer: Answer, kind: Kind) -> str | None:
    """Where a kept record can be taken back; None for kinds that stand."""
    if answer.record is None or not kind.undoable:
        return None
    return url_for("records.withdrawal", record_id=answer.record.id)
