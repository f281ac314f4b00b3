"""Nobody is found where she does not belong: every page × every role, with unmistakable people."""

import logging
from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import pytest
from lxml import html
from openpyxl import load_workbook

from app.domain.people import GridAssignment
from app.exchange.tables import OLE
from app.lib import pinyin
from app.lib.db import session
from tests import canaries
from tests.house import fingerprint
from tests.house.test_permissions import SEES
from tests.house.walk import WHO, allowed, body, one_of_each

# Her own page, and the pack with that page in it: what nobody has settled yet is shown to her.
STILL_HERS = ("worker.me", "pack.changes")
# What a phone has of its pages is noted when it asks for them (SECURITY.md), and when somebody
# first opened what was given to her or a message.
MAY_CHANGE = {"packs", "assignment_shares", "messages"}
# After these nobody is signed in, and every later refusal would prove nothing.
ENDS_THE_SESSION = ("auth.sign_out", "account.revoke_device")


def leaks(response, released, role) -> list[str]:
    """What stands in an answer and must not."""
    text = words_in(response) + str(response.headers)
    hidden = [c for c in released.values() if not SEES.get((role, c.zone), False)]
    words = [secret for canary in released.values() for secret in canary.secrets]
    words += [mark for canary in hidden for mark in canary.marks]
    return [word for word in words if word in text]


def words_in(response) -> str:
    """What an answer says: a page as it is, a workbook cell by cell, of a photo which one it is.

    A locked workbook says nothing to who has no password.
    """
    if response.mimetype == "image/jpeg":
        return sha256(response.get_data()).hexdigest()
    if "spreadsheet" not in response.mimetype:
        return response.get_data(as_text=True)
    if response.get_data().startswith(OLE):
        return ""
    book = load_workbook(BytesIO(response.get_data()))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("zone", canaries.ZONES)
@pytest.mark.parametrize("role", WHO)
def test_no_page_shows_somebody_to_who_may_not_see_her(walked, role, zone):
    walk = walked(role, zone)
    for visit, answer in walk.answers:
        assert leaks(answer, walk.released, role) == [], visit.url


@pytest.mark.parametrize("role", WHO)
def test_no_title_and_no_address_names_anybody(walked, role):
    """A browser writes both into its history, for whoever has the phone next."""
    walk = walked(role, "own")
    named = [word for canary in walk.released.values() for word in canary.secrets + canary.marks]
    for visit, answer in walk.answers:
        kept = f"{visit.url} {kept_in_the_history(answer)}"
        assert [word for word in named if word in kept] == [], visit.url


def kept_in_the_history(answer) -> str:
    """The title of a page, and wherever it leads."""
    if answer.mimetype != "text/html" or not answer.data:
        return unquote(answer.location or "")
    page = html.document_fromstring(answer.get_data(as_text=True))
    addresses = page.xpath("//@href | //@src | //@action | //@formaction | //@hx-get | //@hx-post")
    return unquote(" ".join([*page.xpath("//title/text()"), *addresses, answer.location or ""]))


@pytest.mark.parametrize("role", WHO)
def test_looking_changes_nothing(walked, role):
    assert walked(role, "own").changed - MAY_CHANGE == set()


@pytest.mark.parametrize("zone", ["sibling", "foreign"])
@pytest.mark.parametrize("role", ["worker", "director", "official"])
def test_no_deed_reaches_another_community_or_betrays_it(browser_of, cast, released, role, zone):
    browser = browser_of(role)
    session.commit()
    with fingerprint.Watched(cast.next_door) as next_door:
        for visit in allowed(browser.application, role, "POST", released[zone]):
            if visit.endpoint in ENDS_THE_SESSION:
                continue
            posted = body(released[zone], released["foreign"])
            answer = browser.post(visit.url, data=posted)
            assert answer.status_code < 500 and answer.status_code != 401, visit.url
            assert leaks(answer, released, role) == [], visit.url
            assert next_door.is_as_it_was(), visit.url


def test_a_worker_changes_nobody_of_the_next_grid(app, client_of, cast, released):
    sibling = released["sibling"]
    browser = client_of(cast.worker)
    session.commit()
    people = ("households", "residents", "cases", "tasks")
    with fingerprint.Watched(cast.grid2, people) as next_grid:
        for visit in allowed(app, "worker", "POST", sibling):
            if visit.endpoint not in ENDS_THE_SESSION:
                answer = browser.post(visit.url, data=body(sibling, sibling))
                assert answer.status_code != 401, visit.url
                assert next_grid.is_as_it_was(), visit.url


def test_searching_finds_her_own_and_nobody_elsewhere(client_of, cast, released):
    browser = client_of(cast.worker)
    for canary in released.values():
        name, _given, phone, _number = canary.secrets
        for typed in (phone[-4:], pinyin.full(name), pinyin.initials(name), "601"):
            answer = browser.post("/residents", data={"find": typed})
            assert leaks(answer, released, "worker") == [], typed
            assert canary.zone != "own" or canary.marks[1] in words_in(answer), typed


def test_a_worker_who_left_sees_nobody(app, client_of, cast, released):
    browser = client_of(cast.worker)
    session.query(GridAssignment).filter_by(user_id=cast.worker.id).delete()
    cast.worker.area = cast.next_door
    session.commit()
    for visit in allowed(app, "worker", "GET", released["own"]):
        if visit.endpoint in STILL_HERS:
            continue
        text = words_in(browser.get(visit.url))
        assert not [mark for mark in released["own"].marks if mark in text], visit.url


def test_logs_hold_no_resident(browser_of, released, walked, caplog):
    told = [line for role in WHO for line in walked(role, "own").log]
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for role in WHO:
        browser = browser_of(role)
        for visit in one_of_each(browser.application, "POST", released["own"]):
            if visit.endpoint not in ENDS_THE_SESSION:
                browser.post(visit.url)
    told = "\n".join([*told, *(record.getMessage() for record in caplog.records)])
    assert not [word for c in released.values() for word in c.secrets + c.marks if word in told]
