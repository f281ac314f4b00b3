"""The front page leads each to where her work is."""

import pytest

from app.domain.people import User
from app.domain.setup import nobody_yet
from app.lib.db import session


@pytest.mark.parametrize(
    ("who", "first_page"),
    [
        ("worker", "/today"),
        ("director", "/board"),
        ("official", "/areas"),
        ("admin", "/admin/users"),
    ],
)
def test_home_by_role(client_of, cast, who, first_page):
    assert client_of(getattr(cast, who)).get("/").location == first_page


def test_signed_out_it_is_the_sign_in_page(visitor):
    assert visitor.get("/").location == "/sign-in"


def test_signed_in_there_is_no_sign_in_page(client_of, cast):
    assert client_of(cast.worker).get("/sign-in").location == "/"


def test_an_empty_installation_begins_with_the_set_up(empty, visitor):
    assert nobody_yet()
    assert visitor.get("/").location == "/setup"
    assert visitor.get("/sign-in").location == "/"
    assert session.query(User).count() == 0
