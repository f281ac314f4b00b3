"""A street of any length for the cast: elders who are waited for, and neighbours.

`told_in` fills a folder with it as an installation would have it. Every elder's visit is some
days late, so that whatever the hour is outside there is a card with one tap for each of them.
"""

import shutil
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask

from app import create_app
from app.domain import care, plan, regime, sign_in
from app.domain.people import User
from app.domain.recording import Deed
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import db, session
from app.lib.ids import new_id
from tests import cast as the_cast
from tests.story import KEY

FLOORS = 12
OPENED = timedelta(days=12)  # ago: since then everybody waits for the first visit
SURNAMES = "赵钱孙李周吴郑冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦昌诚春德恩凤福贵海宏嘉建杰俊康兰礼良林玲梅敏明培琴清荣善"
# Every name, address, phone and ID number of the street has one of these in it, so that a
# scanner need not look for a thousand values where none of four is.
STEMS = ("曌", "碧琛园", "1380351", "140106")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody who lives here, with what nobody may read on a phone that was left behind."""

    name: str
    phone: str
    id_number: str
    address: str


@dataclass(frozen=True, slots=True)
class Street:
    """The folder of an installation, and who lives there."""

    folder: Path
    neighbours: list[Neighbour]

    @property
    def secrets(self) -> list[str]:
        """Every value that must not lie readable on a phone."""
        return [word for one in self.neighbours for word in astuple(one)]

    def copied_to(self, folder: Path) -> Path:
        """The folder of an installation that a test may do anything with."""
        return Path(shutil.copytree(self.folder, folder))


def told_in(
    folder: Path, *, homes: int, elders: int, opened: timedelta = OPENED, database: str = ""
) -> Street:
    """Build the street of 李娜's grid: `homes` doors, behind the first of them an elder each.

    `database` is the URL of an empty PostgreSQL database to take instead of a file in `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = application(folder, database)
    now = clock.now()
    with app.app_context():
        db.create_all()
        people = the_cast.assemble()
        with clock.stopped_at(now - opened):
            living = [moves_in(people, number) for number in range(homes)]
            for resident in living[:elders]:
                comes_on_the_roll(people, resident)
            session.commit()
        plan.revise_all(by=None, at=now)
        session.commit()
        known = [_known(resident) for resident in living]
        session.remove()
        db.engine.dispose()
    return Street(folder, known)


def application(folder: Path, database: str = "") -> Flask:
    """The application of this process on the same folder and key as the server's."""
    url = database or f"sqlite:///{folder / 'shouwang.db'}"
    return create_app({"DATA_DIR": folder, "MASTER_KEY": KEY, "SQLALCHEMY_DATABASE_URI": url})


def signed_in(folder: Path, login: str = "lina", database: str = "") -> str:
    """A session cookie, as after a sign-in."""
    with application(folder, database).app_context():
        user = session.query(User).filter_by(login=login).one()
        token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
        session.commit()
        session.remove()
        db.engine.dispose()
    return token


def moves_in(people: the_cast.Cast, number: int) -> Resident:
    """The neighbour of a number, behind a door of her own."""
    given = GIVEN[number // len(SURNAMES) % len(GIVEN)]
    name = f"{SURNAMES[number % len(SURNAMES)]}曌{given}"
    compound = f"碧琛园{number // 60 + 1}区"
    room = f"{number % 60 // 5 + 1}{number % 5 + 1:02d}"
    born = date(1935 + number % 12, 1 + number % 12, 1 + number % 28)
    return the_cast.resident(people.grid1, name, "1", born, room=room, compound=compound)


def comes_on_the_roll(people: the_cast.Cast, elder: Resident) -> None:
    """She is to be visited from now on."""
    now: datetime = clock.now()
    papers = regime.papers_for("elder", "lone", people.home, clock.today())
    deed = Deed(id=new_id(), kind="elder_roll", at=now, outcome="", resident=elder)
    care.put_on_roll(elder, papers, deed, high_risk=False, by=people.director, at=now)


def _known(resident: Resident) -> Neighbour:
    return Neighbour(resident.name, resident.phone, resident.id_number, resident.household.address)
