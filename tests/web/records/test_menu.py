"""＋登记: the kinds a role may record, as far as the rules in force have them."""

from datetime import UTC, datetime

import pytest

from app.lib import clock
from tests.web.pages import soup


def doors(client) -> set[str]:
    page = soup(client.get("/record"))
    return {tile["href"].partition("?")[0] for tile in page.find_all("a", class_="tile")}


def test_a_worker_is_offered_what_she_may_record(client_of, cast):
    offered = doors(client_of(cast.worker))
    assert {"/record/visit", "/record/code_check", "/record/arrival", "/record/incident"} <= offered
    assert "/record/code_push" not in offered


def test_a_director_may_open_cases(client_of, cast):
    assert {"/record/code_push", "/record/elder_roll"} <= doors(client_of(cast.director))


def test_what_the_rules_have_no_more_is_not_offered(client_of, cast):
    with clock.stopped_at(datetime(2025, 8, 1, 2, tzinfo=UTC)):
        offered = doors(client_of(cast.director))
    assert not {"/record/code_push", "/record/arrival"} & offered
    assert {"/record/visit", "/record/incident", "/record/elder_roll"} <= offered


@pytest.mark.parametrize("who", ["official", "admin"])
def test_others_record_nothing(client_of, cast, who):
    assert client_of(getattr(cast, who)).get("/record").status_code == 403
