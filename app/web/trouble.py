"""The database cannot take what was sent: its disk is full, or it is not there. Nothing was kept.

A phone is told by a status that it keeps the entries and comes again; a page shows
what was typed, ready to be sent once more.
"""

import logging

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

from app.lib.db import session
from app.lib.words import N_
from app.web.posted import by_phone, typed

log = logging.getLogger(__name__)
NO_DATABASE = (OperationalError, InterfaceError, TimeoutError)
FULL, GONE = 507, 503
FOR_A_PHONE = {
    FULL: N_("服务器暂时存不下，内容已存在手机上，会自动再传。"),
    GONE: N_("服务器暂时用不了，内容已存在手机上，会自动再传。"),
}
# As SQLite says it, and as PostgreSQL numbers it (class 53: disk full).
SQLITE_FULL, POSTGRES_FULL = "database or disk is full", "53100"


def answer_trouble(error: Exception) -> ResponseReturnValue:
    """What a request is answered whose transaction the database did not take."""
    log.error("the database did not take %s: %s", request.endpoint, error)
    status = FULL if is_full(error) else GONE
    if status == GONE:
        _forget_who_asks()
    session.rollback()
    if by_phone():
        return {"why": _(FOR_A_PHONE[status])}, status
    return render_template(f"errors/{status}.html", typed=typed()), status


def is_full(error: BaseException | None) -> bool:
    """Whether the disk was full: a savepoint that failed for it may raise another error after."""
    while error is not None:
        driver = getattr(error, "orig", None)
        if SQLITE_FULL in str(driver or error) or getattr(driver, "sqlstate", "") == POSTGRES_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def _forget_who_asks() -> None:
    """No page may look for its reader in a database that is not there."""
    g._login_user = AnonymousUserMixin()
