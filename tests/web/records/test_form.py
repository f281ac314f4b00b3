"""The form of any record kind: known facts are shown, what was typed is never lost."""

from datetime import UTC, datetime

import pytest

from app.domain.cases import open_case_of
from app.domain.drafts import draft_of, keep_draft
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.web.pages import form_to, press, soup

HANDLED = {"outcome": "needs", "way": "door", "needs": "medicine", "note": "要降压药"}


@pytest.fixture
def visit(cast) -> str:
    return f"/record/visit?resident={cast.elder.id}"


def test_it_shows_what_is_known_and_does_not_ask_it(client_of, cast, visit):
    page = soup(client_of(cast.worker).get(visit))
    for known in ("刘大爷", "83 岁", "独居老人", "二轻小区 2号楼 1单元 101"):
        assert known in page.text
    assert not {"name", "phone", "address"} & {
        field.get("name") for field in page.find_all("input")
    }
    assert "刘福" not in page.text


def test_it_shows_the_rule_of_the_task_that_asks(client_of, cast):
    page = client_of(cast.worker).get(f"/record/code_check?resident={cast.yellow.id}").text
    assert "未按时参加核酸检测" in page
    assert "结果出来前足不出户，检测后解码" in page


def test_saved_it_is_said_and_goes_back_where_she_came_from(client_of, cast, visit):
    client = client_of(cast.worker)
    home = f"/residents/{cast.elder.id}"
    form = soup(client.get(visit, headers={"Referer": f"http://localhost{home}"}))
    sent = form_to(form, visit) | HANDLED
    answer = client.post(visit, data=sent)
    assert (answer.status_code, answer.location) == (303, home)
    page = soup(client.get(home))
    assert "已保存：刘大爷 · 探访老人" in page.find(id="said").text
    assert page.find(id="said").form is not None
    kept = session.query(Record).filter_by(kind="visit").one()
    assert kept.fields["note"] == "要降压药"


def test_sent_twice_it_is_kept_once(client_of, cast, visit):
    client = client_of(cast.worker)
    sent = form_to(soup(client.get(visit)), visit) | HANDLED
    for _send in range(2):
        assert client.post(visit, data=sent).status_code == 303
    assert session.query(Record).filter_by(kind="visit").count() == 1


def test_refused_it_comes_back_with_what_was_typed(client_of, cast, visit):
    client = client_of(cast.worker)
    answer = client.post(visit, data={"way": "phone", "note": "她说明天再来"})
    page = soup(answer)
    assert answer.status_code == 422
    assert "这一项要填" in page.text
    assert page.find("textarea").text.strip() == "她说明天再来"
    assert page.find("input", value="phone").has_attr("checked")
    assert session.query(Record).filter_by(kind="visit").count() == 0


def test_a_note_of_ten_thousand_characters_is_refused_and_kept(client_of, cast, visit):
    long = "长" * 10_000
    answer = client_of(cast.worker).post(visit, data={"outcome": "well", "note": long})
    assert answer.status_code == 422
    assert "最多写 2000 个字，现在有 10000 个" in answer.text
    assert long in answer.text


def test_an_emoji_and_a_rare_character_are_kept(client_of, cast, visit):
    client_of(cast.worker).post(visit, data={"outcome": "well", "note": "𠮷奶奶 😊"})
    assert session.query(Record).filter_by(kind="visit").one().fields["note"] == "𠮷奶奶 😊"


def test_script_in_a_note_stays_words(client_of, cast, visit):
    answer = client_of(cast.worker).post(visit, data={"note": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_without_somebody_she_is_asked_whom(client_of, cast):
    answer = client_of(cast.worker).get("/record/arrival")
    assert answer.location == "/residents?kind=arrival"


def test_an_incident_needs_nobody(client_of, cast):
    client = client_of(cast.worker)
    page = soup(
        press(client, "/record/incident", "/record/incident", kind="fire", words="楼道冒烟")
    )
    assert "已保存：上报突发事件" in page.find(id="said").text
    assert session.query(Record).filter_by(kind="incident").one().incident_id


def test_a_case_that_is_not_there_is_said(client_of, cast):
    client = client_of(cast.worker)
    answer = client.get(f"/record/visit?resident={cast.plain.id}", follow_redirects=True)
    assert "不在关爱老人名册里" in answer.text


def test_a_second_open_case_is_refused(client_of, cast):
    url = f"/record/arrival?resident={cast.returnee.id}"
    sent = {"outcome": "arrived", "reason": "green", "origin": "370100", "left_on": "2022-10-05",
            "transport": "train", "note": "又报了一次"}  # fmt: skip
    answer = client_of(cast.worker).post(url, data=sent)
    assert answer.status_code == 422
    assert "不必重复登记" in answer.text
    assert "又报了一次" in answer.text


def test_a_returnee_is_logged(client_of, cast):
    url = f"/record/arrival?resident={cast.plain.id}"
    client = client_of(cast.worker)
    press(
        client, url, url, reason="blue1", origin="吕梁离石", left_on="2022-10-05", transport="train"
    )
    case = open_case_of(cast.plain.id, "returnee")
    assert case.stage == "arrived"
    assert "蓝标" in client.get(f"/residents/{cast.plain.id}").text


def test_under_other_rules_there_is_no_such_form(client_of, cast):
    with clock.stopped_at(datetime(2025, 8, 1, 2, tzinfo=UTC)):
        client = client_of(cast.worker)
        url = f"/record/arrival?resident={cast.plain.id}"
        assert "不再登记" in client.get(url, follow_redirects=True).text


def test_a_resident_of_another_grid_is_held_with_the_director(client_of, cast):
    """He was moved while the form stood open."""
    client, url = client_of(cast.worker), f"/record/code_check?resident={cast.yellow.id}"
    form = form_to(soup(client.get(url)), url)
    cast.yellow.grid_id = cast.grid2.id
    session.commit()
    sent = form | {"outcome": "confirmed", "at_home": "y"}
    page = soup(client.post(url, data=sent, follow_redirects=True))
    assert "登记已保留" in page.find(id="said").text
    assert "张敏" in page.find(id="said").text
    assert session.get(Receipt, session.query(Receipt).one().entry_id).state == "held"


def test_a_stranger_is_not_there(client_of, cast):
    client = client_of(cast.worker)
    for resident in (cast.stranger, cast.sibling):
        assert client.get(f"/record/code_check?resident={resident.id}").status_code == 404
    answer = client.post(
        f"/record/code_check?resident={cast.stranger.id}", data={"outcome": "wrong", "note": "留着"}
    )
    assert answer.status_code == 422
    assert "没有找到这位居民" in answer.text
    assert "留着" in answer.text


def test_a_worker_cannot_colour_anybody(client_of, cast):
    url = f"/record/code_push?resident={cast.plain.id}"
    client = client_of(cast.worker)
    assert client.get(url).status_code == client.post(url).status_code == 403


def test_an_unknown_kind_is_not_there(client_of, cast):
    assert client_of(cast.worker).get("/record/nonsense").status_code == 404


def test_what_was_left_unsaved_is_there_again(client_of, cast, visit):
    typed = {"note": ["没写完"], "outcome": ["needs"], "id": [str(new_id())], "back": ["/me"]}
    keep_draft(f"visit.resident{cast.elder.id}", typed, by=cast.worker, at=clock.now())
    session.commit()
    client = client_of(cast.worker)
    page = soup(client.get(visit))
    assert "已恢复上次没存的内容" in page.text
    assert page.find("textarea").text.strip() == "没写完"
    answer = client.post(visit, data=form_to(page, visit) | HANDLED)
    assert answer.location == "/me"
    assert draft_of(cast.worker, f"visit.resident{cast.elder.id}") is None


def test_nobody_else_s_unsaved_form_is_shown(client_of, cast, visit):
    typed = {"note": ["没写完"]}
    keep_draft(f"visit.resident{cast.elder.id}", typed, by=cast.colleague, at=clock.now())
    session.commit()
    assert "没写完" not in client_of(cast.worker).get(visit).text


def test_a_correction_starts_from_what_was_written(client_of, cast, visit):
    client = client_of(cast.worker)
    client.post(visit, data=HANDLED)
    old = session.query(Record).filter_by(kind="visit").one()
    url = f"/record/visit?supersedes={old.id}"
    form = soup(client.get(url))
    assert form.find("textarea").text.strip() == "要降压药"
    assert form.find("input", value="medicine").has_attr("checked")
    client.post(url, data=form_to(form, url) | {"outcome": "well", "note": "药已送到"})
    new = session.query(Record).filter_by(supersedes=old.id).one()
    assert (new.outcome, new.at) == ("well", old.at)


def test_only_her_own_records_can_be_corrected(client_of, cast, visit):
    client_of(cast.worker).post(visit, data=HANDLED)
    old = session.query(Record).filter_by(kind="visit").one()
    url = f"/record/visit?supersedes={old.id}"
    assert client_of(cast.neighbour).get(url).status_code == 404
    assert client_of(cast.colleague).get(url).status_code == 404
    assert client_of(cast.director).get(url).status_code == 200


def test_somebody_new_is_added_on_the_way_to_her_arrival(client_of, cast):
    client = client_of(cast.worker)
    url = "/record/resident?then=arrival"
    sent = {"name": "阿依古丽·买买提", "sex": "2", "born": "1991-02-03", "address": "2号楼1单元502"}
    answer = client.post(url, data=form_to(soup(client.get(url)), url) | sent)
    added = session.query(Resident).order_by(Resident.id.desc()).first()
    assert answer.location == f"/record/arrival?resident={added.id}"
    assert added.name == "阿依古丽·买买提"


@pytest.mark.parametrize("outside", ["//evil.example/x", "https://evil.example", "/\\evil.example"])
def test_it_never_leads_to_another_site(client_of, cast, visit, outside):
    answer = client_of(cast.worker).post(visit, data=HANDLED | {"back": outside})
    assert answer.status_code == 303
    assert "evil" not in answer.location
