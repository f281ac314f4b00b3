"""意见箱: what workers wrote, the unanswered first, each answered by the director."""

from app.domain.feedback import Feedback, give_feedback
from app.lib import clock
from app.lib.db import session
from tests.web.pages import press, soup


def written(cast, words: str, by: str = "worker") -> Feedback:
    row = give_feedback(words, by=getattr(cast, by), at=clock.now())
    session.commit()
    return row


def test_an_answer_reaches_its_author(client_of, cast):
    row = written(cast, "楼道灯坏了往哪报？")
    page = soup(
        press(client_of(cast.director), "/feedback-box", f"/feedback-box/{row.id}/reply",
              answer="报到社区，我来转。")
    )  # fmt: skip
    assert "已答复" in page.find(id="said").text
    assert "报到社区，我来转。" in client_of(cast.worker).get("/me").text


def test_the_unanswered_stand_first(client_of, cast):
    first = written(cast, "没答的")
    written(cast, "答过的").reply("好", by=cast.director, at=clock.now())
    session.commit()
    page = soup(client_of(cast.director).get("/feedback-box"))
    assert page.select_one("section.card")["id"] == f"feedback-{first.id}"


def test_an_empty_or_endless_answer_is_refused_and_kept(client_of, cast):
    row, client = written(cast, "问"), client_of(cast.director)
    url = f"/feedback-box/{row.id}/reply"
    assert "请写答复" in client.post(url, data={}).text
    answer = client.post(url, data={"answer": "答" * 10_000})
    assert answer.status_code == 422
    assert "答" * 10_000 in answer.text
    assert row.answer is None


def test_only_the_own_communitys_box(client_of, cast):
    row = written(cast, "只给张敏看")
    client = client_of(cast.next_director)
    assert "只给张敏看" not in client.get("/feedback-box").text
    assert client.post(f"/feedback-box/{row.id}/reply", data={"answer": "x"}).status_code == 404
