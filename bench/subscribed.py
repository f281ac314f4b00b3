"""Workers whose phones are subscribed, some of them no more, and a notice for all of them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app import jobs
from app.cli.work import Worker
from app.domain import sign_in, subscriptions
from app.domain.messages import Delivery
from app.domain.notices import Draft, give_notice
from app.domain.people import User, user_by_handle
from app.domain.places import area_by_code
from app.domain.receivers import To
from app.domain.subscriptions import Subscription
from app.lib import clock
from app.lib.db import session
from tests import cast as the_cast
from tests.notify.channels.phones import phone

HOME = "140106001002"
ONE_DEAD_IN = 10
# Long enough after the notice was given that whoever has not read it is rung.
LATER = the_cast.MORNING + timedelta(minutes=45)


def settle(app: Flask, count: int, place: str) -> None:
    """So many workers move in, each with a phone that is subscribed at `place`."""
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        home, at = area_by_code(HOME), clock.now()
        for number in range(count):
            user = User(login=f"w{number}", name=f"网格员{number}", title="网格员", role="worker")
            user.area, user.password_hash = home, ""
            session.add(user)
            session.flush()
            sign_in.begin_session(user, None, "测试手机", at=at)
            session.flush()
            opened = session.scalars(
                select(sign_in.UserSession).where(sign_in.UserSession.user_id == user.id)
            ).one()
            which = "dead" if number % ONE_DEAD_IN == 0 else "wpush"
            told = phone(f"{place}/{which}/{number}").address
            ids = {"session_id": opened.id, "device_id": opened.device_id}
            subscriptions.keep(told, by=user, at=at, **ids)
        session.commit()


def tell_all(app: Flask) -> None:
    """A notice for every worker, and everything the post room does about it."""
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        draft, by = Draft("十点视频培训"), user_by_handle("zhangmin")
        give_notice(draft, To("role", ["worker"]), by.area, by=by, at=clock.now())
        session.commit()
        session.remove()
    with clock.stopped_at(LATER):
        jobs.look_after_the_post(Worker(app).run)


def became(app: Flask) -> dict[str, int]:
    """How many deliveries of each state there are, how many tried twice, and who is reached yet."""
    with app.app_context():
        rows = select(Delivery.state, func.count()).where(Delivery.channel == "push")
        found = {state: n for state, n in session.execute(rows.group_by(Delivery.state))}
        twice = select(func.count()).where(Delivery.channel == "push", Delivery.attempts > 1)
        reached = select(func.count()).select_from(Subscription)
        return found | {
            "twice": session.scalar(twice),
            "reached yet": session.scalar(reached),
        }
