"""A push service on the loopback that the operator has listed, with a certificate that counts."""

from collections.abc import Iterator

import pytest

from app.notify.channels import outfit
from tests.notify.channels.sink import Sink


@pytest.fixture
def equip(app):
    """Send with other settings than the application's own: `equip(PUSH_HOSTS=…)`."""
    yield lambda **settings: outfit.use(app.config | settings)
    outfit.use(app.config)


@pytest.fixture
def sink(equip, tmp_path, monkeypatch) -> Iterator[Sink]:
    with Sink(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        equip(PUSH_HOSTS=(running.place,), ROBOT_HOSTS=(running.place,))
        yield running
