"""A worker's page: at most 12 queries and 20 KB compressed; a director's: at most 20 queries."""

import gzip
from collections.abc import Callable

import pytest

from app.domain.records import Record
from app.lib.db import session
from tests.cast import Cast
from tests.web.pages import queries

PAGES: dict[str, Callable[[Cast], str]] = {
    "menu": lambda cast: "/record",
    "visit": lambda cast: f"/record/visit?resident={cast.elder.id}",
    "arrival": lambda cast: f"/record/arrival?resident={cast.plain.id}",
    "incident": lambda cast: "/record/incident",
    "pick": lambda cast: "/residents?kind=code_check",
    "residents": lambda cast: "/residents",
    "building": lambda cast: f"/buildings/{cast.elder.household.building_id}",
    "household": lambda cast: f"/households/{cast.elder.household_id}",
    "resident": lambda cast: f"/residents/{cast.returnee.id}",
    "reveal": lambda cast: f"/residents/{cast.yellow.id}/reveal",
    "record": lambda cast: f"/records/{session.query(Record.id).first()[0]}",
}
HERS_ALONE: dict[str, Callable[[Cast], str]] = {
    "today": lambda cast: "/today",
    "stop": lambda cast: f"/stops/{cast.yellow.household_id}",
    "me": lambda cast: "/me",
}


@pytest.mark.parametrize("name", PAGES | HERS_ALONE)
def test_a_worker_s_page(client_of, cast, name):
    client, url = client_of(cast.worker), (PAGES | HERS_ALONE)[name](cast)
    with queries() as sent:
        page = client.get(url)
    assert page.status_code == 200
    assert len(sent) <= 12, "\n".join(sent)
    assert len(gzip.compress(page.data)) <= 20_000


@pytest.mark.parametrize("name", PAGES)
def test_a_director_s_page(client_of, cast, name):
    client, url = client_of(cast.director), PAGES[name](cast)
    with queries() as sent:
        assert client.get(url).status_code == 200
    assert len(sent) <= 20, "\n".join(sent)
