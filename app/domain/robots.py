"""Group robots of a community: where its work group is told that there is something to see.

Whoever knows a robot's address can speak in the group, so address and secret lie sealed.
Each vendor takes so many messages a minute; a bucket in the row keeps to that, however many
processes send.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.domain.places import Area
from app.lib.crypto import Sealed, keyring
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say


@dataclass(frozen=True, slots=True)
class Sort:
    """A vendor's robots. In any minute at most `burst` + `a_minute` messages leave."""

    words: str
    hosts: tuple[str, ...]
    burst: int
    a_minute: int


# By the vendors' own pages for custom robots: 20 a minute each (and ten minutes of silence for
# who is faster at 钉钉), 100 a minute and 5 a second at 飞书.
SORTS = {
    "wecom": Sort(N_("企业微信"), ("qyapi.weixin.qq.com",), 5, 15),
    "dingtalk": Sort(N_("钉钉"), ("oapi.dingtalk.com",), 5, 15),
    "feishu": Sort(N_("飞书"), ("open.feishu.cn", "open.larksuite.com"), 3, 97),
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A robot without its row."""

    sort: str
    url: str
    secret: str | None


class Robot(Uid, db.Model):
    __tablename__ = "robots"
    __table_args__ = (UniqueConstraint("community_id", "url_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    sort: Mapped[str] = mapped_column(String(12))
    url_sealed: Mapped[str]
    url_index: Mapped[str] = mapped_column(String(32))
    secret_sealed: Mapped[str | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]
    off_at: Mapped[datetime | None]
    # The bucket: how many messages it may send just now, as of when.
    tokens: Mapped[float]
    tokens_at: Mapped[datetime]
    # A test somebody asked for, until the post room has sent it; what came of the last message.
    asked_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(String(60), default="")
    said_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()
    url = Sealed()
    secret = Sealed()

    @property
    def words(self) -> str:
        return SORTS[self.sort].words

    @property
    def tail(self) -> str:
        """The end of its address, by which its owner knows it."""
        return self.url[-4:]

    def take(self, *, at: datetime) -> int:
        """Take one message out of the bucket: 0, or the seconds until there is one again.

        The row is locked until the transaction ends; a clock that was set back adds nothing.
        """
        session.flush()
        session.refresh(self, with_for_update=True)
        self.tokens, self.tokens_at = self._tokens(at), at
        if self.tokens >= 1:
            self.tokens -= 1
            return 0
        return int((1 - self.tokens) * 60 / SORTS[self.sort].a_minute) + 1

    def keep_silent(self, seconds: int, *, at: datetime) -> None:
        """Its vendor has asked for silence: for so long its bucket has nothing for anybody."""
        nothing = 1 - seconds * SORTS[self.sort].a_minute / 60
        self.tokens, self.tokens_at = min(self._tokens(at), nothing), at

    def is_silent(self, at: datetime) -> bool:
        """Whether its vendor has asked for silence that is not over."""
        return self._tokens(at) < 0

    def _tokens(self, at: datetime) -> float:
        passed = max((at - self.tokens_at).total_seconds(), 0)
        sort = SORTS[self.sort]
        return min(sort.burst, self.tokens + passed * sort.a_minute / 60)

    @property
    def plain(self) -> "Plain":
        """What is needed to let it speak when no transaction is open any more."""
        return Plain(self.sort, self.url, self.secret)

    def heard(self, said: str, *, at: datetime) -> None:
        """What came of a test."""
        self.answered(said, at=at)
        self.asked_at = None

    def answered(self, said: str, *, at: datetime) -> None:
        """What came of a message; nothing said is well."""
        self.said, self.said_at = said[:60], at

    def is_lost(self, said: str, *, at: datetime) -> None:
        """Its vendor knows it no more: nothing goes there until it is switched on again."""
        self.heard(said, at=at)
        self.off_at = at

    def switch(self, on: bool, *, by: User, at: datetime) -> None:
        self.off_at, self.by = None if on else at, by

    def ask_for_a_test(self, *, by: User, at: datetime) -> None:
        """The post room sends a test; nothing is sent in a request."""
        if self.off_at:
            raise Refused(say("这个机器人已停用，启用后再试。"))
        self.asked_at, self.by = at, by


def add_robot(
    community: Area, sort: str, url: str, secret: str = "", *, by: User, at: datetime
) -> Robot:
    """Take a robot in, or one that is known already with a new secret and switched on."""
    index = keyring().index(url, "robots.url")
    wanted = select(Robot).where(Robot.community_id == community.id, Robot.url_index == index)
    robot = session.scalar(wanted)
    if robot is None:
        robot = Robot(community_id=community.id, url_index=index, added_at=at)
        robot.url, robot.tokens, robot.tokens_at = url, SORTS[sort].burst, at
        session.add(robot)
    robot.sort, robot.secret, robot.off_at, robot.by = sort, secret, None, by
    session.flush()
    return robot


def robots_of(community_id: int) -> list[Robot]:
    """All of a community's, those that are switched on first."""
    wanted = select(Robot).where(Robot.community_id == community_id)
    return list(session.scalars(wanted.order_by(Robot.off_at.is_not(None), Robot.id)))


def speaking_in(community_id: int | None) -> list[Robot]:
    """Those that are switched on."""
    return [one for one in robots_of(community_id) if one.off_at is None] if community_id else []


def tests_asked_for() -> list[Robot]:
    wanted = select(Robot).where(Robot.asked_at.is_not(None), Robot.off_at.is_(None))
    return list(session.scalars(wanted.order_by(Robot.id)))
