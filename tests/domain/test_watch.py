"""Who opens unusually many covered values in a day is told of at once, and once."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from app.domain import watch
from app.domain.audit import AuditEntry
from app.domain.events import Event
from app.domain.messages import Message
from app.lib import clock
from app.lib.db import session
from tests.cast import MORNING
from tests.notify.street import read_everything, tell
from tests.pushed import asked
from tests.web.pages import soup


@pytest.fixture(autouse=True)
def _read(cast):
    read_everything()


def opened_before(who, n: int, at=MORNING, target: str = "resident:1:phone") -> None:
    row = {"at": at, "action": "revealed", "who_id": who.id, "who": who.login, "target": target}
    row |= {"role": who.role, "area_id": who.area_id, "reason": "电话联系"}
    session.execute(insert(AuditEntry), [row] * n)


def opens(client, person) -> None:
    client.post(f"/residents/{person.id}/reveal", data={"what": "phone", "reason": "call"})


def told() -> list[str]:
    tell()
    found = session.query(Message).filter_by(kind="reveals_many").order_by(Message.id)
    return [one.person.name for one in found]


def test_the_201st_of_a_day_is_told_of_and_the_202nd_not_again(client_of, cast):
    opened_before(cast.worker, 199, target="check:7:phone")
    session.commit()
    client = client_of(cast.worker)
    opens(client, cast.elder)
    assert told() == []
    opens(client, cast.elder)
    opens(client, cast.yellow)
    assert told() == ["张敏", "郭玉兰"]
    assert session.query(Message).filter_by(kind="reveals_many").first().urgency == "urgent"


def test_three_times_her_usual_day_is_told_of_and_an_ordinary_busy_day_not(client_of, cast):
    for days in range(1, 8):
        opened_before(cast.worker, 12, MORNING - timedelta(days=days))
    opened_before(cast.worker, 36)
    session.commit()
    assert told() == []
    opens(client_of(cast.worker), cast.elder)
    assert told() == ["张敏", "郭玉兰"]
    (alarm,) = watch.alarms_of(cast.worker, clock.today())
    assert (alarm.n, alarm.usual, alarm.limit) == (37, 12, "usual")


def test_calls_of_a_list_are_her_work(client_of, cast):
    opened_before(cast.worker, 100, target="check:7:phone")
    check = asked(cast, cast.plain)
    session.commit()
    client_of(cast.worker).post(f"/checks/{check.id}/call")
    assert told() == []


def test_of_a_director_the_others_are_told_and_see_how_many_and_why_but_not_of_whom(
    client_of, cast
):
    opened_before(cast.director, 200, target="resident:999:name")
    session.commit()
    opens(client_of(cast.director), cast.elder)
    assert told() == ["郭玉兰"]
    event = session.query(Event).filter_by(kind="reveals_many").one()
    page = client_of(cast.secretary).get(f"/reveals/{event.id}")
    said = soup(page).main.text
    assert "张敏" in said and "201 次" in said and "2 人" in said and "电话联系" in said
    assert cast.elder.name not in said and cast.elder.masked_name not in said
    message = session.query(Message).filter_by(kind="reveals_many").one()
    assert client_of(cast.secretary).get(message.path).location == f"/reveals/{event.id}"
    assert client_of(cast.next_director).get(f"/reveals/{event.id}").status_code == 404
    assert client_of(cast.worker).get(f"/reveals/{event.id}").status_code == 403


def test_of_an_official_alone_in_her_office_the_admins_are_told(cast):
    opened_before(cast.city_official, 200, target="case:1")
    watch.opened("name_opened", "case:2", "工单", by=cast.city_official, at=MORNING)
    session.commit()
    assert told() == ["管理员"]
