"""Photos shared from another app, where the server takes them in: kept, and named on ＋登记."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from tests.lib.pictures import encoded, noise, two_halves
from tests.photos import kept, sha_of
from tests.web.pages import soup

ONE, TWO = encoded(two_halves()), encoded(noise(), "PNG")


def share(client, *sent: bytes):
    files = [(BytesIO(one), f"IMG_{n}.jpg") for n, one in enumerate(sent)]
    form = {"data": {"photos": files}, "content_type": "multipart/form-data"}
    return client.post("/shared-photos", **form)


def test_they_are_kept_and_wait_on_the_menu(client_of, cast):
    client = client_of(cast.worker)
    answer = share(client, ONE, TWO)
    assert answer.status_code == 303
    way = urlsplit(answer.location)
    assert way.path == "/record"
    assert parse_qs(way.query)["photo"] == [sha_of(ONE), sha_of(TWO)]
    assert [photo.sha for photo in kept()] == [sha_of(ONE), sha_of(TWO)]
    assert soup(client.get(answer.location)).find(id="shared") is not None


def test_what_is_no_picture_is_said_and_the_others_are_kept(client_of, cast):
    client = client_of(cast.worker)
    page = soup(client.get(share(client, b"no picture", ONE).location))
    assert "第 1 张照片没有收下" in page.find(id="said").text
    assert [photo.sha for photo in kept()] == [sha_of(ONE)]


def test_sharing_nothing_leads_to_the_menu(client_of, cast):
    assert share(client_of(cast.worker)).location == "/record"


def test_an_official_has_nothing_to_record(client_of, cast):
    assert share(client_of(cast.official), ONE).status_code == 403
    assert kept() == []
