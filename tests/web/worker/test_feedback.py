"""The feedback box: what she wants to say reaches her director, who answers."""

from app.domain.feedback import Feedback
from app.lib import clock
from app.lib.db import session
from tests.web.pages import press, soup


def test_it_reaches_the_director_and_the_answer_comes_back(client_of, cast):
    client = client_of(cast.worker)
    page = soup(press(client, "/me", "/feedback", words="表太多，能不能少填一次？"))
    assert "已送到社区负责人那里" in page.find(id="said").text
    assert "还没有答复" in page.text
    row = session.query(Feedback).one()
    assert row.community_id == cast.home.id
    row.reply("从明天起只填一张。", by=cast.director, at=clock.now())
    session.commit()
    assert "从明天起只填一张。" in client.get("/me").text


def test_an_empty_box_is_not_sent(client_of, cast):
    answer = client_of(cast.worker).post("/feedback", data={"words": "  "})
    assert answer.status_code == 422
    assert "请先写几句" in answer.text
    assert session.query(Feedback).count() == 0


def test_too_long_is_refused_and_kept_in_the_box(client_of, cast):
    answer = client_of(cast.worker).post("/feedback", data={"words": "长" * 10_000})
    assert answer.status_code == 422
    assert "最多写 2000 个字" in answer.text
    assert "长" * 10_000 in answer.text
