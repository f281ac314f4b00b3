"""谁收得到: whose phone a push reaches, why another does not, and trying it."""

from app.domain.messages import Message
from app.lib.db import session
from tests.notify.channels.phones import phone
from tests.web.pages import soup

PLACE = "https://updates.push.services.mozilla.com/wpush/v2/"


def line_of(client, person) -> str:
    return " ".join(soup(client.get("/reach")).find(id=f"person-{person.id}").text.split())


def test_who_gets_pushes_and_why_somebody_does_not(client_of, cast):
    client_of(cast.worker).post("/subscription", json=phone(PLACE + "one").told)
    client_of(cast.colleague).post("/subscription", json={"push": "silent"})
    client = client_of(cast.director)
    assert "1 部手机" in line_of(client, cast.worker)
    assert "收不到推送" in line_of(client, cast.colleague)
    assert "推送服务连不上" in line_of(client, cast.colleague)
    assert "还没有在“提醒方式”里打开" in line_of(client, cast.secretary)
    assert soup(client.get("/reach")).find(id=f"person-{cast.neighbour.id}") is None


def test_a_trial_to_a_worker_is_sent_and_its_fate_is_shown(client_of, cast):
    client_of(cast.worker).post("/subscription", json=phone(PLACE + "one").told)
    client = client_of(cast.director)
    client.post(f"/reach/{cast.worker.id}/trial")
    message = session.query(Message).filter_by(kind="trial", person_id=cast.worker.id).one()
    assert "还没有发到" in line_of(client, cast.worker)
    message.open(at=message.made_at)
    session.commit()
    assert "收到，已点开" in line_of(client, cast.worker)


def test_nobody_of_another_community_is_tried(client_of, cast):
    client_of(cast.neighbour).post("/subscription", json=phone(PLACE + "one").told)
    assert client_of(cast.director).post(f"/reach/{cast.neighbour.id}/trial").status_code == 404
    assert session.query(Message).filter_by(kind="trial").count() == 0
