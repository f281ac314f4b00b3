"""One box: name, pinyin, initials, door or phone; only her own people, and masked."""

import pytest

from tests.web.pages import HTMX, queries, soup


def finds(client, typed: str, **more: str) -> str:
    answer = client.post("/residents", data={"find": typed} | more)
    return soup(answer).find(id="found").get_text(" ", strip=True)


@pytest.mark.parametrize(
    "typed", ["王建国", "建国", "wangjianguo", "wjg", "WJG", "502", "2-1-502", "２号楼１单元５０２"]
)
def test_it_finds_somebody_by_what_one_knows(client_of, cast, typed):
    found = finds(client_of(cast.worker), typed)
    assert "王** 黄码 二轻小区 2号楼 1单元 502" in found
    assert "王建国" not in found


def test_it_finds_by_the_last_four_of_the_phone(client_of, cast):
    assert "502" in finds(client_of(cast.worker), cast.yellow.phone[-4:])


@pytest.mark.parametrize("typed", ["阿依古丽·买买提", "阿依古丽买买提", "阿依古丽•买买提", "aygl"])
def test_a_dotted_name_is_found_however_it_is_typed(client_of, cast, typed):
    assert "阿** 二轻小区" in finds(client_of(cast.worker), typed)


def test_nobody_of_another_grid_is_found_by_a_worker(client_of, cast):
    assert "没有找到" in finds(client_of(cast.worker), "赵铁柱")
    assert "赵**" in finds(client_of(cast.director), "赵铁柱")
    assert "没有找到" in finds(client_of(cast.director), "钱外人")


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "' OR 1=1 --", "\0", "😊", "王" * 5000])
def test_odd_input_finds_nobody_and_breaks_nothing(client_of, cast, typed):
    assert "王**" not in finds(client_of(cast.worker), typed)


def test_with_a_kind_it_picks_whom_a_record_is_about(client_of, cast):
    client = client_of(cast.worker)
    page = soup(client.post("/residents", data={"find": "阿依", "kind": "arrival"}))
    assert page.find("a", href=f"/record/arrival?resident={cast.plain.id}") is not None
    assert page.find("a", href="/record/resident?then=arrival") is not None


def test_for_a_record_of_a_case_those_under_it_are_listed_at_once(client_of, cast):
    page = soup(client_of(cast.worker).get("/residents?kind=code_check"))
    assert page.find("a", href=f"/record/code_check?resident={cast.yellow.id}") is not None
    assert "刘大爷" not in page.find(id="found").text


def test_below_the_box_stand_the_buildings(client_of, cast):
    page = soup(client_of(cast.worker).get("/residents"))
    assert "二轻小区 2号楼" in page.find(id="found").text
    assert "4 户 4 人" in page.find(id="found").text


def test_htmx_gets_only_what_was_found(client_of, cast):
    answer = client_of(cast.worker).post("/residents", data={"find": "wjg"}, headers=HTMX)
    assert "<header" not in answer.text
    assert "王**" in answer.text


def test_it_costs_few_queries(client_of, cast):
    client = client_of(cast.worker)
    with queries() as sent:
        client.post("/residents", data={"find": "w"})
    assert len(sent) <= 12


@pytest.mark.parametrize("who", ["official", "admin"])
def test_others_may_not_look(client_of, cast, who):
    assert client_of(getattr(cast, who)).get("/residents").status_code == 403
