"""What goes over the air is compressed, and is otherwise what it would be without."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


def got(browser: FlaskClient, url: str, headers: dict[str, str]) -> TestResponse:
    """The answer as it is; our own browser would look into the page."""
    return FlaskClient.open(browser, url, headers=headers)


@pytest.mark.parametrize("way", UNPACK)
@pytest.mark.parametrize("url", ["/today", "/pack", "/static/css/base.css"])
def test_pages_data_and_styles_are_compressed(client_of, cast, url, way):
    browser = client_of(cast.worker)
    plain, packed = browser.get(url), got(browser, url, {"Accept-Encoding": way})
    assert packed.headers["Content-Encoding"] == way
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    if url.startswith("/static"):
        assert UNPACK[way](packed.data) == plain.data


def test_a_page_is_still_kept_by_nobody_and_known_by_its_tag(client_of, cast):
    browser = client_of(cast.worker)
    asked = {"Accept-Encoding": "gzip", "HX-Request": "true", "HX-Target": "fresh"}
    page = got(browser, "/today?seen=1-2-3", asked)
    assert page.headers["Cache-Control"] == "private, no-store"
    again = got(browser, "/today?seen=1-2-3", asked | {"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_that_did_not_change_is_not_sent_again(visitor):
    asked = {"Accept-Encoding": "gzip"}
    first = visitor.get("/static/css/base.css", headers=asked)
    again = asked | {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/static/css/base.css", headers=again).status_code == 304


def test_what_is_compressed_already_is_left_alone(client_of, cast):
    asked = {"Accept-Encoding": "gzip, br"}
    sheet = client_of(cast.director).get("/imports/blank-roll.xlsx", headers=asked)
    assert "Content-Encoding" not in sheet.headers
