"""Telling people in their language what the floors below said in Chinese source text."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask, request
from flask_babel import Babel, format_date, get_locale
from flask_babel import gettext as _
from flask_login import current_user

from app.lib import clock
from app.lib.words import Say

babel = Babel()


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=choose_language)
    filters = app.jinja_env.filters
    filters.update(t=translated, day=day, clock=wall_clock, moment=moment, ago=ago, late=late)


def choose_language() -> str:
    """Her setting; before sign-in Chinese unless the browser wants English and no Chinese."""
    if current_user and current_user.is_authenticated:
        return current_user.language
    return request.accept_languages.best_match(["zh", "en"], "zh") if request else "zh"


def language_tag() -> str:
    return "en" if str(get_locale()) == "en" else "zh-Hans"


def translated(words: Any) -> str:
    """A Chinese source text, a `Say`, or its stored form, in the reader's language."""
    if isinstance(words, dict) and "text" in words:
        words = Say.from_json(words)
    if isinstance(words, Say):
        values = {name: translated(value) for name, value in words.values}
        return _(words.text) % values if values else _(words.text)
    return _(words) if isinstance(words, str) and words else str(words or "")


def day(value: date | datetime | None) -> str:
    """10月6日 星期四"""
    if value is None:
        return "—"
    return format_date(_as_day(value), _("M月d日 EEEE"))


def wall_clock(value: datetime | None) -> str:
    """08:30"""
    return f"{clock.local(value):%H:%M}" if value else "—"


def moment(value: datetime | None) -> str:
    """今天 08:30, 昨天 21:40, 10-06 09:00"""
    if value is None:
        return "—"
    days = (clock.today() - clock.local_day(value)).days
    near = {0: _("今天"), 1: _("昨天"), -1: _("明天")}.get(days)
    return f"{near or format(clock.local(value), '%m-%d')} {wall_clock(value)}"


def ago(value: datetime) -> str:
    """刚刚, 12 分钟, 3 小时, 2 天: how long since."""
    span = clock.now() - value
    return _length(span) if span >= timedelta(minutes=1) else _("刚刚")


def late(value: datetime) -> str:
    """迟 2 小时, or 还有 3 小时."""
    left = value - clock.now()
    if left < timedelta(0):
        return _("迟 %(time)s", time=_length(-left))
    return _("还有 %(time)s", time=_length(left))


def _length(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 60:
        return _("%(n)s 分钟", n=minutes)
    if minutes < 48 * 60:
        return _("%(n)s 小时", n=minutes // 60)
    return _("%(n)s 天", n=minutes // 1440)


def _as_day(value: date | datetime) -> date:
    return clock.local_day(value) if isinstance(value, datetime) else value
