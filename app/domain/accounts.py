"""Accounts: made, changed, closed and opened again by an admin, each with its audit row.

An admin of an area manages the accounts of that area and below and can hand out
nothing beyond it; one without an area manages all. Nobody changes her own role or
closes her own account, so there is always an admin left.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from app.domain import assignments, audit, duties, postings, sign_in
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.scope import areas_of
from app.lib.crypto import keyring
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.policy.roles import ROLES

ONE_TIME_LIFE = timedelta(hours=72)
# Without the letters and digits that people mistake for one another.
PLAIN_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
# A letter first, so that no login name can be somebody else's phone number.
LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")

LOGIN_TAKEN = N_("这个登录名已经有人用了。")
PHONE_TAKEN = N_("这个电话已经是另一个账号的登录电话。")


@dataclass(frozen=True, slots=True)
class Profile:
    """What an admin writes of a person. `phone` is in its one form, or empty."""

    login: str
    name: str
    title: str
    role: str
    area: Area | None
    phone: str | None


def users_of(admin: User) -> Select:
    """The accounts an admin manages."""
    if admin.role == "admin" and admin.area is None:
        return select(User)
    return select(User).join(Area, User.area_id == Area.id).where(areas_of(admin))


def places_of(admin: User) -> Select:
    """The areas an admin manages that exist today."""
    return select(Area).where(areas_of(admin), Area.ends.is_(None))


def add_user(profile: Profile, *, by: User, at: datetime) -> tuple[User, str]:
    """A new account and its one-time password, which is shown once and never again."""
    _check(profile, None, by=by)
    user = User(role=profile.role, created_at=at, area=profile.area)
    _write(user, profile)
    session.add(user)
    session.flush()
    password = _one_time_password(user, at=at)
    _note(user, f"new {user.role} {_place(user.area)}", by=by, at=at)
    return user, password


def change_user(user: User, profile: Profile, *, by: User, at: datetime) -> None:
    """Change an account. A new role or place counts at her next click."""
    _check(profile, user, by=by)
    changed = _differences(user, profile)
    _write(user, profile)
    if (user.role, user.area) != (profile.role, profile.area):
        postings.note_former(user, at=at)
        assignments.hand_back_all_of(user, by=by, at=at)
    user.role, user.area = profile.role, profile.area
    duties.end_outside(user, by=by, at=at)
    if changed:
        _note(user, ", ".join(changed), by=by, at=at)


def close_account(user: User, *, by: User, at: datetime) -> None:
    """No sign-in from here on; every session ends at once. What she recorded stays."""
    _refuse_own(user, by)
    user.active = False
    assignments.hand_back_all_of(user, by=by, at=at)
    sign_in.end_all_sessions(user, at=at)
    _note(user, "closed", by=by, at=at)


def reopen_account(user: User, *, by: User, at: datetime) -> str:
    """Open a closed account again; returns its one-time password."""
    user.active = True
    return give_one_time_password(user, by=by, at=at)


def give_one_time_password(user: User, *, by: User, at: datetime) -> str:
    """A fresh one-time password: the old one and every session end."""
    _refuse_own(user, by)
    password = _one_time_password(user, at=at)
    sign_in.end_all_sessions(user, at=at)
    _note(user, "one-time password", by=by, at=at)
    return password


def sign_out_everywhere(user: User, *, by: User, at: datetime) -> None:
    sign_in.end_all_sessions(user, at=at)
    _note(user, "signed out everywhere", by=by, at=at)


def _check(profile: Profile, user: User | None, *, by: User) -> None:
    wrong = {
        "login": _wrong_login(profile.login, user),
        "area_id": _wrong_area(profile, by),
        "phone": _wrong_phone(profile.phone, user),
    }
    if user is not None and user.id == by.id and profile.role != user.role:
        wrong["role"] = say("不能改自己的角色，请另一位管理员来改。")
    fields = {name: [why] for name, why in wrong.items() if why}
    if fields:
        raise Refused(say("有几处要改一下。"), fields)


def _wrong_login(login: str, user: User | None) -> Say | None:
    if not LOGIN.fullmatch(login):
        return say("登录名用小写字母开头，3 到 40 个字母、数字、点或横线。")
    return say(LOGIN_TAKEN) if _taken(User.login == login, user) else None


def _wrong_phone(phone: str | None, user: User | None) -> Say | None:
    if not phone:
        return None
    index = keyring().index(phone, "users.phone")
    return say(PHONE_TAKEN) if _taken(User.phone_index == index, user) else None


def _taken(condition, user: User | None) -> bool:
    holder = session.scalar(select(User.id).where(condition))
    return holder is not None and (user is None or holder != user.id)


def _wrong_area(profile: Profile, by: User) -> Say | None:
    wanted, area = ROLES[profile.role].level, profile.area
    if wanted and (area is None or area.level != wanted):
        return say("这个角色要属于一个社区，请选社区。")
    if profile.role == "official" and area is None:
        return say("请选这位上级看哪个地方的汇总。")
    if area is None:
        return say("您只能在自己管的地方建账号。") if by.area else None
    return None if by.area is None or by.area.contains(area) else say("这个地方不归您管。")


def _differences(user: User, profile: Profile) -> list[str]:
    changed = [
        name for name in ("login", "name", "title") if getattr(user, name) != getattr(profile, name)
    ]
    if user.phone != (profile.phone or None):
        changed.append("phone")
    if user.role != profile.role:
        changed.append(f"role {user.role}→{profile.role}")
    if user.area != profile.area:
        changed.append(f"area {_place(user.area)}→{_place(profile.area)}")
    return changed


def _write(user: User, profile: Profile) -> None:
    user.login, user.name, user.title = profile.login, profile.name, profile.title
    user.set_phone(profile.phone)


def _one_time_password(user: User, *, at: datetime) -> str:
    groups = ("".join(secrets.choice(PLAIN_SIGNS) for _sign in range(4)) for _group in range(3))
    password = "-".join(groups)
    sign_in.set_password(user, password)
    user.one_time_until = at + ONE_TIME_LIFE
    return password


def _refuse_own(user: User, by: User) -> None:
    if user.id == by.id:
        raise Refused(say("不能对自己的账号做这件事，请另一位管理员来做。"))


def _note(user: User, what: str, *, by: User, at: datetime) -> None:
    audit.note("user_changed", by=by, at=at, target=f"user:{user.id}", reason=what)
    happened("staff_changed", by=by, at=at, community_id=user.area_id)


def _place(area: Area | None) -> str:
    return area.code if area else "-"
