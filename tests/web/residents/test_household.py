"""Who lives behind one door, and the way to what is due there."""

import pytest

from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import soup


@pytest.fixture
def door(cast) -> str:
    return f"/households/{cast.yellow.household_id}"


def test_everybody_is_listed_masked_with_badges(client_of, cast, door):
    child = Resident(
        community_id=cast.home.id, grid_id=cast.grid1.id, household_id=cast.yellow.household_id,
        relation="子",
    )  # fmt: skip
    child.set_name("王小宝")
    session.add(child)
    session.commit()
    page = soup(client_of(cast.worker).get(door))
    assert page.text.count("王**") == 2
    assert "黄码" in page.text
    assert "王小宝" not in page.text


def test_what_is_due_opens_as_one_stop(client_of, cast, door):
    page = soup(client_of(cast.worker).get(door))
    assert page.find("a", href=f"/stops/{cast.yellow.household_id}") is not None
    assert (
        soup(client_of(cast.director).get(door)).find(
            "a", href=f"/stops/{cast.yellow.household_id}"
        )
        is None
    )


def test_somebody_new_can_be_added_here(client_of, cast, door):
    page = soup(client_of(cast.worker).get(door))
    add = page.find("a", href=f"/record/resident?household={cast.yellow.household_id}")
    client_of(cast.worker).post(add["href"], data={"name": "王小宝", "sex": "1"})
    added = session.query(Resident).order_by(Resident.id.desc()).first()
    assert (added.name, added.household_id) == ("王小宝", cast.yellow.household_id)


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_others_do_not_see_it(client_of, cast, door, who):
    assert client_of(getattr(cast, who)).get(door).status_code == 404
