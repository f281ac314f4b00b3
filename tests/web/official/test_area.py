"""汇总: the same sums from the city down to the grid, without a name."""

import pytest

from tests.web.pages import HTMX, queries, soup


def test_her_own_area_with_a_row_for_each_part(client_of, lived):
    page = soup(client_of(lived.official).get("/areas"))
    assert page.h1.text == "迎泽街道"
    rows = [row.td.get_text(" ", strip=True) for row in page.select(".rows tbody tr")]
    assert rows == ["南内环街二社区 昨天未日结", "桃园北社区 昨天未日结"]


def test_down_to_the_grids_and_back_up_to_her_own_area(client_of, lived):
    page = soup(client_of(lived.official).get("/areas/140106001002"))
    links = [row.a["href"] for row in page.select(".rows tbody tr") if row.td.a]
    assert links == ["/areas/1401060010020001", "/areas/1401060010020002"]
    assert [link.text for link in page.select(".crumbs a")] == ["迎泽街道"]


@pytest.mark.parametrize("code", ["140100", "140106", "999", "140106002"])
def test_nothing_above_or_beside_her(client_of, lived, code):
    assert client_of(lived.official).get(f"/areas/{code}").status_code == 404


@pytest.mark.parametrize("page", ["/areas", "/areas/140106001002", "/areas/1401060010020001"])
def test_nobody_is_named(client_of, lived, page):
    html = client_of(lived.city_official).get(page).text
    for person in (lived.elder, lived.yellow, lived.returnee, lived.sibling):
        assert person.name not in html
        assert person.masked_name not in html
        assert person.household.address not in html


def test_within_twenty_queries_and_304_when_nothing_happened(client_of, lived):
    client = client_of(lived.city_official)
    with queries() as sent:
        first = client.get("/areas/140106001002")
    assert len(sent) <= 20
    again = client.get("/areas/140106001002", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    part = client.get("/areas/140106001002", headers=HTMX)
    assert part.text.lstrip().startswith('<div id="panels"')


@pytest.mark.parametrize("who", ["director", "worker", "admin"])
def test_sums_are_the_officials(client_of, lived, who):
    assert client_of(getattr(lived, who)).get("/areas").status_code == 403
