"""What may happen in a community while a phone is away: each takes the cast and two numbers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.domain import accounts, duties, moves, regime
from app.domain.accounts import Profile
from app.domain.people import User
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.policy.rulebook import RULES
from tests.cast import Cast
from tests.intake.telling import tell

WORKERS = ("worker", "colleague", "neighbour")
ENDS = {"elder": "moved", "yellow": "died", "returnee": "died"}


@contextmanager
def as_far_as_allowed() -> Iterator[None]:
    """Committed, unless the rules of the house refuse it."""
    try:
        yield
        session.commit()
    except Refused:
        session.rollback()


def _one(names: tuple[str, ...], number: int, cast: Cast) -> Any:
    return getattr(cast, names[number % len(names)])


def _worker(cast: Cast, number: int) -> User:
    return _one(WORKERS, number, cast)


def sessions_end(cast: Cast, one: int, _other: int) -> None:
    accounts.sign_out_everywhere(_worker(cast, one), by=cast.admin, at=clock.now())
    session.commit()


def an_account_is_closed(cast: Cast, one: int, _other: int) -> None:
    if _worker(cast, one).active:
        accounts.close_account(_worker(cast, one), by=cast.admin, at=clock.now())
        session.commit()


def an_account_is_opened(cast: Cast, one: int, _other: int) -> None:
    open_account(cast, WORKERS[one % len(WORKERS)])


def open_account(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    if not user.active:
        accounts.reopen_account(user, by=cast.admin, at=clock.now())
        user.one_time_until = None  # she has chosen a password of her own
        session.commit()


def somebody_becomes_something_else(cast: Cast, one: int, other: int) -> None:
    user = _worker(cast, one)
    role = ("worker", "worker", "director", "official", "admin")[other % 5]
    place = _one(("home", "next_door"), other // 5, cast)
    area = {"official": cast.street, "admin": None}.get(role, place)
    profile = Profile(user.login, user.name, user.title, role, area, user.phone)
    accounts.change_user(user, profile, by=cast.admin, at=clock.now())
    session.commit()


def a_grid_changes_hands(cast: Cast, one: int, other: int) -> None:
    grid, user = _one(("grid1", "grid2", "next_grid"), one, cast), _worker(cast, other)
    with as_far_as_allowed():
        duties.assign_grid(user, grid, begins=clock.today(), by=cast.admin, at=clock.now())


def a_case_is_closed(cast: Cast, one: int, _other: int) -> None:
    case = _one(("elder_case", "yellow_case", "returnee_case"), one, cast)
    with as_far_as_allowed():
        tell("release", case, by=cast.director, outcome=ENDS[case.kind])


def a_resident_moves(cast: Cast, one: int, other: int) -> None:
    home = _one(("elder", "sibling", "plain"), other, cast).household
    moves.move(
        _one(("elder", "sibling", "yellow"), one, cast), home, by=cast.director, at=clock.now()
    )
    session.commit()


def a_task_is_given_away(cast: Cast, one: int, other: int) -> None:
    tasks = session.query(Task).filter_by(kind="visit", state="open").order_by(Task.id).all()
    if tasks:
        with as_far_as_allowed():
            task = tasks[one % len(tasks)]
            task.reassign(_worker(cast, other), by=cast.director, at=clock.now())


def the_rules_change(cast: Cast, one: int, other: int) -> None:
    by, at = cast.director, clock.now()
    with as_far_as_allowed():
        if one % 2:
            regime.declare(cast.home, list(regime.SITUATIONS)[other % 4], by=by, at=at)
        else:
            edition = list(RULES.editions)[other % len(RULES.editions)]
            regime.adopt(cast.home, edition, why="试行", by=by, at=at)


ALL: tuple[Callable[[Cast, int, int], None], ...] = (
    sessions_end,
    an_account_is_closed,
    an_account_is_opened,
    somebody_becomes_something_else,
    a_grid_changes_hands,
    a_case_is_closed,
    a_resident_moves,
    a_task_is_given_away,
    the_rules_change,
)
