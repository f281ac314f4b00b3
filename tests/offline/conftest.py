"""A street for every test here, told once in a run and copied for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offline import street
from tests.offline.caller import photo
from tests.offline.server import Server
from tests.offline.sizes import size

HOMES = size(30, 250)


@pytest.fixture(scope="session")
def told_street(tmp_path_factory) -> street.Street:
    return street.told_in(tmp_path_factory.mktemp("street"), homes=HOMES, elders=size(24, 130))


@pytest.fixture
def folder(told_street, tmp_path) -> Path:
    return told_street.copied_to(tmp_path / "data")


@pytest.fixture
def server(folder) -> Iterator[Server]:
    """The street, served."""
    with Server(folder) as running:
        yield running


@pytest.fixture
def token(folder) -> str:
    """The cookie of 李娜's session."""
    return street.signed_in(folder)


@pytest.fixture
def picture(tmp_path) -> Path:
    """A photo as a camera takes it, a little larger than what is sent."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(photo(7, side=400))
    return path
