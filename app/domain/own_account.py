"""What everybody may change of her own account: password, language, type size."""

import re
from datetime import datetime

from app.domain import audit, guesses, sign_in
from app.domain.people import User
from app.domain.sign_in import UserSession
from app.lib import pinyin
from app.lib.refusal import Refused
from app.lib.words import Say, say
from app.policy.passwords import why_refused

LANGUAGES = ("zh", "en")
TYPE_SIZES = ("normal", "large")


def change_password(here: UserSession, current: str, new: str, *, at: datetime) -> bool:
    """Her own new password; every other session of hers ends. False where `current` is wrong.

    A wrong one counts as a guess of this device. Refused where the new one is no good.
    """
    user, device_id = here.user, here.device_id
    if guesses.device_spent(device_id, at=at):
        raise sign_in.TooManyGuesses
    if not sign_in.password_fits(user, current):
        guesses.note_guess(user.login, "", user_id=user.id, device_id=device_id, at=at)
        return False
    why = say("新密码和现在的一样，请换一个。") if new == current else why_weak(new, user)
    if why:
        raise Refused(why, {"new": [why]})
    sign_in.set_password(user, new)
    user.one_time_until = None
    sign_in.end_all_sessions(user, at=at, but=here)
    audit.note("user_changed", by=user, at=at, target=f"user:{user.id}", reason="own password")
    return True


def why_weak(password: str, user: User) -> Say | None:
    """Why a password is too easily guessed to be hers; None for a good one."""
    return why_refused(password, _about(user))


def choose_settings(user: User, *, language: str, type_size: str, at: datetime) -> None:
    """Her own language and type size."""
    if language not in LANGUAGES or type_size not in TYPE_SIZES:
        raise Refused(say("请从列表里选。"))
    user.language, user.type_size = language, type_size
    what = f"own settings {language} {type_size}"
    audit.note("user_changed", by=user, at=at, target=f"user:{user.id}", reason=what)


def _about(user: User) -> set[str]:
    """What a guesser who knows her would try: names of her and her places, and their pinyin."""
    names = {user.name, user.title or ""}
    area = user.area
    while area is not None:
        names |= {area.name, re.sub(r"(社区|街道|区|县|市)$", "", area.name)}
        area = area.parent
    numbers = {user.phone or "", user.login}
    return {name for name in names | {pinyin.full(name) for name in names} | numbers if name}
