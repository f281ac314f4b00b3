"""沿街门店: each sees the shops of her grids, keepers masked."""

from bs4 import BeautifulSoup

from tests.exchange.pushed_sheets import rows_of, take_list, whys_of

HEADS = ["门头名称", "经营内容", "法人/负责人", "联系方式", "门店地址"]


def words(response) -> str:
    return BeautifulSoup(response.data, "lxml").get_text(" ", strip=True)


def shop(name: str, address: str) -> list[str]:
    return [name, "餐饮", "李老板", "13911112222", address]


def test_shops_land_in_the_grid_of_their_building_and_are_listed_there(client_of, cast):
    rows = [
        shop("老李面馆", "二轻小区2号楼底商3"),
        shop("小王理发", "太原市迎泽区水利厅宿舍西门外"),
        shop("远处药房", "恒大绿洲2号楼底商3"),
        shop("随便小卖部", "底商6号"),
    ]
    kept = take_list("shop", HEADS, *rows, cast=cast)
    grids = [row.grid and row.grid.name for row in rows_of(kept)]
    assert grids == ["第1网格", "第2网格", None, None], whys_of(kept)
    all_of_them = words(client_of(cast.director).get("/shops"))
    assert "老李面馆" in all_of_them and "小王理发" in all_of_them
    assert "李老板" not in all_of_them and "13911112222" not in all_of_them
    hers = words(client_of(cast.worker).get("/shops"))
    assert "老李面馆" in hers and "小王理发" not in hers
    assert "老李面馆" not in words(client_of(cast.next_director).get("/shops"))


def test_a_number_of_a_street_is_known_from_a_shop_there(client_of, cast):
    heads = [*HEADS, "网格"]
    take_list("shop", heads, [*shop("老李面馆", "南内环街12号"), "第2网格"], cast=cast)
    kept = take_list("shop", HEADS, shop("便民超市", "南内环街12号-3"), cast=cast)
    assert [row.grid.name for row in rows_of(kept)] == ["第2网格"]


def test_the_page_is_found_from_the_buildings(client_of, cast):
    page = BeautifulSoup(client_of(cast.worker).get("/residents").data, "lxml")
    assert page.select_one("a[href='/shops']")
    assert client_of(cast.worker).get(f"/shops?grid={cast.grid2.code}").status_code == 404
