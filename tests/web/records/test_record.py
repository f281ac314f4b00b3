"""One record: what was written, by whom and when, its corrections, what the director said."""

import pytest

from app.domain import reviews
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from tests.web.pages import form_to, soup


@pytest.fixture
def written(client_of, cast) -> Record:
    sent = {"outcome": "needs", "way": "door", "needs": ["medicine", "food"], "note": "降压药两盒"}
    client_of(cast.worker).post(f"/record/visit?resident={cast.elder.id}", data=sent)
    return session.query(Record).filter_by(kind="visit").one()


def test_it_tells_the_record_in_the_words_of_its_form(client_of, cast, written):
    page = client_of(cast.worker).get(f"/records/{written.id}").text
    for words in ("探访老人", "需要帮忙", "药品、蔬菜食品", "降压药两盒", "李娜", "今天 10:30"):
        assert words in page
    assert "刘福" not in page


def test_a_reason_is_told_in_the_words_of_its_rule(client_of, cast):
    url = f"/record/arrival?resident={cast.plain.id}"
    sent = {"reason": "blue1", "origin": "141102", "left_on": "2022-10-05", "transport": "train"}
    client = client_of(cast.worker)
    client.post(url, data=sent)
    arrival = session.query(Record).filter_by(kind="arrival", resident_id=cast.plain.id).one()
    page = client.get(f"/records/{arrival.id}").text
    assert "蓝标一" in page
    assert "离石" in page
    assert "火车" in page


def test_a_correction_shows_both_versions_and_who_made_them(client_of, cast, written):
    url = f"/record/visit?supersedes={written.id}"
    director = client_of(cast.director)
    director.post(
        url, data=form_to(soup(director.get(url)), url) | {"outcome": "well", "way": "door"}
    )
    old = soup(client_of(cast.worker).get(f"/records/{written.id}"))
    assert "不再计入" in old.text
    assert "张敏" in old.text
    assert old.find("a", string="更正") is None
    new = session.query(Record).filter_by(supersedes=written.id).one()
    assert "一切平安" in client_of(cast.worker).get(f"/records/{new.id}").text


def test_a_question_and_its_answer_stand_beside_it(client_of, cast, written):
    reviews.send_back(written, "哪种降压药？", by=cast.director, at=clock.now())
    session.commit()
    assert "哪种降压药？" in client_of(cast.worker).get(f"/records/{written.id}").text


def test_only_its_author_and_a_director_are_offered_a_correction(client_of, cast, written):
    hers, director = (
        client_of(who).get(f"/records/{written.id}") for who in (cast.worker, cast.director)
    )
    assert "更正" in hers.text
    assert "更正" in director.text


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 404), ("neighbour", 404), ("official", 403)]
)
def test_others_do_not_see_it(client_of, cast, written, who, status):
    assert client_of(getattr(cast, who)).get(f"/records/{written.id}").status_code == status
