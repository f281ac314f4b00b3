"""A community of real size: the house limits of queries and bytes, and every number its rows."""

import gzip
import re
from collections.abc import Callable

import brotli
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain import sign_in
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from tests.house.test_numbers import numbers_off
from tests.story import EVENING
from tests.web.pages import queries

WORKERS_PAGES = ("/today", "/residents", "/buildings/1", "/households/1", "/record", "/me")
DIRECTORS_PAGES = ("/board", "/checklist", "/incidents", "/decode", "/day-close", "/situation")
DIRECTORS_PAGES += ("/ledgers/yellow", "/ledgers/returnee", "/ledgers/elder", "/ledgers/task")
DIRECTORS_PAGES += ("/ledgers/record", "/ledgers/resident", "/held", "/residents", "/buildings/1")
TODAY = EVENING.date()
DIRECTORS_PAGES += ("/uploads", "/exports", "/exports/1", f"/days/{TODAY}/report")
COUNTING_PAGES = ("/board", "/checklist", "/ledgers/yellow", "/ledgers/returnee", "/ledgers/elder")
FIRST_VISIT, SCRIPTS = 60 * 1024, 30 * 1024
LINKED = re.compile(r'(?:href|src)="(/(?:static|bundles)/[^"]+)')
PACKED = {"Accept-Encoding": "br"}


@pytest.fixture
def signed_in(told_story) -> Callable[[str], FlaskClient]:
    """A browser of somebody of the story, on the evening it was told."""
    with told_story.app_context(), clock.stopped_at(EVENING):

        def as_login(login: str) -> FlaskClient:
            user = session.scalar(select(User).where(User.login == login))
            token, _device = sign_in.begin_session(user, None, "测试", at=clock.now())
            session.commit()
            client = told_story.test_client()
            client.set_cookie("shouwang", token)
            return client

        yield as_login
        session.remove()


@pytest.mark.parametrize("url", WORKERS_PAGES)
def test_a_workers_page_is_light(signed_in, url):
    sent, page = counted(signed_in("lina"), url)
    assert len(sent) <= 12, "\n".join(sent)
    assert len(gzip.compress(page.data)) <= 20_000


@pytest.mark.parametrize("url", DIRECTORS_PAGES)
def test_a_directors_page_asks_little(signed_in, url):
    sent, _page = counted(signed_in("zhangmin"), url)
    assert len(sent) <= 20, "\n".join(sent)


@pytest.mark.parametrize("url", ["/areas", "/areas/140106001002"])
def test_an_officials_page_asks_little(signed_in, url):
    sent, _page = counted(signed_in("shiji"), url)
    assert len(sent) <= 20, "\n".join(sent)


def test_the_first_visit_is_small(signed_in, told_story):
    """Sign-in page, list of today, styles, scripts and icons together."""
    client = signed_in("lina")
    pages = [told_story.test_client().get("/sign-in"), client.get("/today")]
    files = {path for page in pages for path in LINKED.findall(page.text)}
    assert len(files) >= 5
    sent = [brotli.compress(page.data, quality=4) for page in pages]
    sent += [client.get(path, headers=PACKED).data for path in files]
    assert sum(len(part) for part in sent) <= FIRST_VISIT


def test_all_scripts_of_a_phone_are_small(signed_in):
    """Those of the pages, and those that only the service worker loads."""
    client, pages = signed_in("lina"), ("htmx", "page", "phone", "worker")
    paths = ["/sw.js", *(f"/bundles/{name}.js" for name in pages)]
    sizes = {path: len(client.get(path, headers=PACKED).data) for path in paths}
    assert sum(sizes.values()) <= SCRIPTS, sizes


@pytest.mark.parametrize("page", COUNTING_PAGES)
def test_every_number_of_a_director_is_its_rows(signed_in, page):
    assert numbers_off(signed_in("zhangmin"), page) == []


def test_every_number_of_an_official_is_its_rows(signed_in):
    assert numbers_off(signed_in("shiji"), "/areas") == []


def counted(client: FlaskClient, url: str):
    client.get(url)
    with queries() as sent:
        page = client.get(url)
    assert page.status_code == 200
    return sent, page
