"""The tree of places, from the national codes down to the grid."""

import pytest

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.domain.places import Area, area_by_code
from app.lib.db import session


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.admin)


def page_of(desk, url) -> str:
    return desk.get(url).get_data(as_text=True)


def test_one_goes_down_level_by_level(desk, cast):
    assert "太原市" in page_of(desk, "/admin/areas")
    page = page_of(desk, f"/admin/areas?under={cast.street.id}")
    for words in ("太原市", "迎泽区", "迎泽街道", "南内环街二社区", "140106001002"):
        assert words in page
    assert "李娜" in page_of(desk, f"/admin/areas?under={cast.home.id}")


def test_a_whole_city_is_found_by_name_and_added(desk, cast):
    found = page_of(desk, "/admin/areas?find=吕梁")
    assert 'value="141100"' in found
    desk.post("/admin/areas/districts", data={"code": "141100"})
    added = session.query(Area).filter(Area.code.startswith("1411"), Area.level == "district")
    assert added.count() == 13
    county = area_by_code("141102")
    assert (county.name, county.parent.name, county.parent.parent.name) == (
        "离石区",
        "吕梁市",
        "山西省",
    )


def test_the_ten_districts_of_taiyuan(empty, client_of):
    admin = User(login="root", name="管理员", role="admin")
    session.add(admin)
    session.commit()
    client_of(admin).post("/admin/areas/districts", data={"code": "140100"})
    names = {area.name for area in session.query(Area).filter_by(level="district")}
    assert names == set(
        "小店区 迎泽区 杏花岭区 尖草坪区 万柏林区 晋源区 清徐县 阳曲县 娄烦县 古交市".split()
    )


def test_a_district_without_a_city_above_it(desk, cast):
    desk.post("/admin/areas/districts", data={"code": "110101"})
    assert area_by_code("110101").parent.name == "北京市"


@pytest.mark.parametrize("code", ["999999", "", "140000", "1401"])
def test_what_is_no_district_is_refused(desk, cast, code):
    before = session.query(Area).count()
    desk.post("/admin/areas/districts", data={"code": code})
    assert session.query(Area).count() == before


def test_a_subdistrict_a_community_and_its_grids(desk, cast):
    desk.post(
        f"/admin/areas/{cast.district.id}/places",
        data={"place-name": "柳巷街道", "place-code": "140106003"},
    )
    street = area_by_code("140106003")
    desk.post(
        f"/admin/areas/{street.id}/places",
        data={"place-name": "钟楼社区", "place-code": "140106003001"},
    )
    community = area_by_code("140106003001")
    desk.post(f"/admin/areas/{community.id}/grids", data={"count": 12})
    assert [grid.name for grid in community.under("grid")][:2] == ["第1网格", "第2网格"]
    assert community.path == "140100/140106/140106003/140106003001/"
    assert len(community.under("grid")) == 12
    assert session.query(AuditEntry).filter_by(action="area_changed").count() == 14


def test_more_grids_are_numbered_on(desk, cast):
    desk.post(f"/admin/areas/{cast.home.id}/grids", data={"count": 1})
    assert [grid.name for grid in cast.home.under("grid")] == ["第1网格", "第2网格", "第3网格"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("14010600100", "12 位"),
        ("140105001009", "开头"),
        ("14010600100x", "12 位"),
        ("１４０１０６００１００９", "12 位"),
        ("140106001002", "已经有了"),
        ("", "要填"),
    ],
)
def test_a_wrong_code_has_its_sentence(desk, cast, code, words):
    url = f"/admin/areas/{cast.street.id}/places"
    answer = desk.post(url, data={"place-name": "新社区", "place-code": code})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert 'value="新社区"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("count", ["0", "-1", "61", "many", ""])
def test_a_wrong_number_of_grids_has_its_sentence(desk, cast, count):
    answer = desk.post(f"/admin/areas/{cast.home.id}/grids", data={"count": count})
    assert answer.status_code == 422
    assert 'id="count-why"' in answer.get_data(as_text=True)


def test_a_name_changes_and_the_code_does_not(desk, cast):
    desk.post(f"/admin/areas/{cast.grid1.id}/name", data={"own-name": "桥东网格"})
    session.expire_all()
    assert (cast.grid1.name, cast.grid1.code) == ("桥东网格", "1401060010020001")


def test_an_admin_of_one_place_changes_nothing_beside_it(client_of, cast):
    local = User(login="local", name="街道管理员", role="admin", area=cast.home)
    session.add(local)
    session.commit()
    desk = client_of(local)
    assert "南内环街二社区" in page_of(desk, "/admin/areas")
    assert "桃园北社区" not in page_of(desk, "/admin/areas")
    assert desk.get(f"/admin/areas?under={cast.next_door.id}").status_code == 404
    assert (
        desk.post(f"/admin/areas/{cast.next_door.id}/grids", data={"count": 1}).status_code == 404
    )
    assert desk.post("/admin/areas/districts", data={"code": "141100"}).status_code == 403
