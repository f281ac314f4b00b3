"""The first admin of an empty installation, by a one-time code from the server's terminal.

There is no default account. Only the hash of the code is kept; it is dead after
one use, after a day, when a newer one is made, and as soon as anybody has an account.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, exists, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.domain import audit, own_account, sign_in
from app.domain.accounts import LOGIN
from app.domain.people import User
from app.domain.sign_in import hashed
from app.lib.db import db, session
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say

LIFE = timedelta(hours=24)
# 20 signs of 32: a hundred bits, in groups that can be read from a terminal.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, GROUP = 4, 5

ONLY_ONCE = N_("已经有账号了，首次设置只能做一次。请登录。")
WRONG_CODE = N_("设置码不对，或已过期。请在服务器的终端里再要一个：flask setup-code")


class SetupCode(db.Model):
    """A code that was printed; only its hash is known."""

    __tablename__ = "setup_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    dead_at: Mapped[datetime]


def nobody_yet() -> bool:
    """Whether the installation has no account at all."""
    return not session.scalar(select(exists(select(User.id))))


def make_setup_code(*, at: datetime) -> str:
    """A new code for the set-up page, in place of earlier ones; Refused once anybody exists."""
    if not nobody_yet():
        raise Refused(say(ONLY_ONCE))
    groups = ("".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS))
    code = "-".join(groups)
    _kill_codes(at=at)
    session.add(SetupCode(code_hash=_hash(code), made_at=at, dead_at=at + LIFE))
    return code


def first_admin(code: str, *, login: str, name: str, password: str, at: datetime) -> User:
    """Make the first account, an admin of everything, and use the code up."""
    if not nobody_yet():
        raise Refused(say(ONLY_ONCE))
    admin = User(login=login, name=name, role="admin", created_at=at)
    wrong = _wrong(code, admin, password, at=at)
    if wrong:
        raise Refused(say("有几处要改一下。"), {field: [why] for field, why in wrong.items()})
    sign_in.set_password(admin, password)
    session.add(admin)
    session.flush()
    _kill_codes(at=at)
    target = f"user:{admin.id}"
    audit.note("user_changed", by=admin, at=at, target=target, reason="first admin")
    return admin


def _wrong(code: str, admin: User, password: str, *, at: datetime) -> dict[str, Say]:
    wrong = {}
    if not _is_good(code, at=at):
        wrong["code"] = say(WRONG_CODE)
    if not LOGIN.fullmatch(admin.login):
        wrong["login"] = say("登录名用小写字母开头，3 到 40 个字母、数字、点或横线。")
    if why := own_account.why_weak(password, admin):
        wrong["password"] = why
    return wrong


def _is_good(code: str, *, at: datetime) -> bool:
    wanted = select(SetupCode.id).where(SetupCode.code_hash == _hash(code), SetupCode.dead_at > at)
    return session.scalar(wanted.with_for_update()) is not None


def _kill_codes(*, at: datetime) -> None:
    session.execute(update(SetupCode).where(SetupCode.dead_at > at).values(dead_at=at))


def _hash(code: str) -> str:
    """The hash of a code, however its groups were typed."""
    return hashed("".join(sign for sign in code.upper() if sign.isalnum()))
