"""The diagram of a building: every door, marked where somebody needs looking after."""

import pytest

from app.domain.places import Household
from app.lib.db import session
from tests.web.pages import queries, soup


def url_of(resident) -> str:
    return f"/buildings/{resident.household.building_id}"


def test_every_door_is_there_and_leads_to_its_household(client_of, cast):
    page = soup(client_of(cast.worker).get(url_of(cast.yellow)))
    door = page.find("a", href=f"/households/{cast.yellow.household_id}")
    assert "502" in door.text
    assert "有黄码" in door.text
    assert [row.th.text for row in page.find_all("tr")] == ["5 层", "3 层", "1 层"]


def test_the_marks_are_said_and_shown(client_of, cast):
    page = soup(client_of(cast.worker).get(url_of(cast.elder)))
    assert "有独居或空巢老人" in page.find("a", href=f"/households/{cast.elder.household_id}").text
    assert "有返回人员" in page.find("a", href=f"/households/{cast.returnee.household_id}").text


def test_a_household_without_a_room_is_listed(client_of, cast):
    home = Household(
        community_id=cast.home.id, grid_id=cast.grid1.id,
        building_id=cast.yellow.household.building_id, address="2号楼 房号不详",
    )  # fmt: skip
    session.add(home)
    session.commit()
    page = soup(client_of(cast.worker).get(url_of(cast.yellow)))
    assert "房号待核实" in page.text
    assert page.find("a", href=f"/households/{home.id}") is not None


def test_it_costs_few_queries(client_of, cast):
    client, url = client_of(cast.worker), url_of(cast.yellow)
    with queries() as sent:
        client.get(url)
    assert len(sent) <= 12


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_a_building_of_others_is_not_there(client_of, cast, who):
    assert client_of(getattr(cast, who)).get(url_of(cast.yellow)).status_code == 404
