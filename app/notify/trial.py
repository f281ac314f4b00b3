"""A message that somebody asks for to see whether she, or a worker of hers, can be reached.

It travels by web push as every other one does, quiet hours included, so that what it shows is
true of them as well. It is worth telling for a few minutes only: no group robot repeats it.
"""

from datetime import datetime

from sqlalchemy import Select, select

from app.domain import subscriptions
from app.domain.messages import Message, post_box_of
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.notify import rules
from app.notify.writing import message, write

KIND = "trial"
NEWER = N_("又试了一次")


def ask_for(person: User, *, by: User, at: datetime) -> datetime | None:
    """Let the post room send one; when her quiet hours end, if they are now.

    Raises Refused where no phone of hers gets pushes.
    """
    if not subscriptions.reaching([person.id], at=at):
        raise Refused(say("还没有一部手机打开推送，没有可试的。"))
    for before in session.scalars(_of(person).where(Message.state == "open")):
        before.lose_point(NEWER)
    place = person.community
    key = f"{KIND}:{by.id}:{new_id()}"
    write([message(KIND, key, person.id, at=at, community_id=place.id if place else None)])
    return rules.quiet_until(post_box_of(person.id), person.area, at=at)


def when_words(until: datetime | None) -> Say:
    """What to say to who asked."""
    if until is None:
        return say("已发出，几秒钟内会到。没有收到，就看手机有没有允许守望的通知。")
    return say("现在是勿扰时段，%(when)s 发。", when=f"{clock.local(until):%H:%M}")


def last_of(person: User) -> Message | None:
    """The last one to somebody; its deliveries say what became of it."""
    return session.scalar(_of(person).order_by(Message.id.desc()).limit(1))


def _of(person: User) -> Select:
    return select(Message).where(Message.person_id == person.id, Message.kind == KIND)
