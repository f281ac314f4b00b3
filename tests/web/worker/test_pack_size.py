"""How big the pack gets, and how much it asks of the database, in a grid as big as they get."""

import gzip
import json
from collections.abc import Iterator

from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain import sign_in
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from tests.big_grid import DOORS, settle_a_big_grid
from tests.story import EVENING
from tests.unpacked import PhonePack
from tests.web.pages import queries

WHOLE, FIRST = 100 * 1024, 25_000  # bytes, compressed
PACKED = {"Accept-Encoding": "gzip"}


def answers(browser: FlaskClient) -> Iterator[bytes]:
    """What comes over the air until a phone has everything."""
    cursor, more = "", True
    while more:
        sent = browser.get(f"/pack?since={cursor}", headers=PACKED).data
        told = json.loads(gzip.decompress(sent))
        cursor, more = told["cursor"], told["more"]
        yield sent


def asked(browser: FlaskClient) -> int:
    with queries() as sent:
        browser.get("/pack")
    return len(sent)


def test_a_grid_of_600_homes_fits_into_100_kb(client_of, cast):
    few = asked(client_of(cast.worker))
    browser = client_of(settle_a_big_grid(cast))
    first, *rest = answers(browser)
    assert len(first) <= FIRST
    assert len(first) + sum(map(len, rest)) <= WHOLE
    assert asked(browser) <= few + 5
    rows = PhonePack(browser).renew().rows
    homes = [row for path, row in rows.items() if path.startswith("/households/")]
    assert len(homes) >= DOORS
    assert sum(len(home[2]) for home in homes) > 1_350
    assert sum("task=" in path for path in rows) >= 60


def test_the_pack_of_the_story_fits_into_100_kb(told_story):
    with told_story.app_context(), clock.stopped_at(EVENING):
        user = session.scalar(select(User).where(User.login == "lina"))
        token, _device = sign_in.begin_session(user, None, "测试", at=clock.now())
        session.commit()
        browser = told_story.test_client()
        browser.set_cookie("shouwang", token)
        sizes = [len(sent) for sent in answers(browser)]
        session.remove()
    assert sizes[0] <= FIRST
    assert sum(sizes) <= WHOLE
