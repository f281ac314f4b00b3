"""A database with the cast in it for every test, SQLite or (TEST_DATABASE=postgres) PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from app import create_app
from app.domain import sign_in
from app.domain.people import User
from app.lib import album, clock, vault
from app.lib.db import db, only_read, session
from app.notify.channels import outfit
from tests import cast as the_cast
from tests.databases import Postgres, Sqlite
from tests.inspector import inspect
from tests.lived_day import live
from tests.notify.channels.sink import Sink
from tests.offline.chromium import QUIET, SHELL
from tests.story import KEY, told_in

# Dear, and made once in a process: all that needs it goes to the same one (--dist loadgroup).
DEAR = ("told_story", "walked")
# In a browser a file goes to one process, but for two whose tests share nothing. The long ones come
# first (and one works while another tells the story), small ones that fill every gap come last.
ALONE = ("test_accessibility", "test_worker_screens")
LONG = ("test_chaos", "test_accessibility", "test_offline", "test_push_arrives", "test_reassigned")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        for dear in set(DEAR) & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group(dear))
        if item.get_closest_marker("browser") and item.path.stem not in ALONE:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=lambda item: how_soon(item.path.stem))


def pytest_make_parametrize_id(val, argname):
    """A file or a key is made anew in every process: it names no test."""
    return argname if isinstance(val, bytes) and len(val) > 60 else None


def pytest_collection_finish():
    """All that is loaded stays: to look through it for rubbish was a fifth of a run."""
    gc.collect()
    gc.freeze()


def how_soon(file: str) -> int:
    if file in LONG:
        return LONG.index(file)
    return len(LONG) + (file in ALONE)


MEMORY, ROOM = Path("/dev/shm"), 2**30


class Browser(FlaskClient):
    """A test client that looks like a browser on our own site and inspects every page it gets."""

    def open(self, *args, **kwargs):
        kwargs.setdefault("headers", {})
        g.__dict__.clear()  # a request knows nothing of the one before it
        response = super().open(*args, **kwargs)
        only_read(False)
        if response.mimetype == "text/html" and not response.location and response.data:
            inspect(response.get_data(as_text=True), response.request.path)
        return response


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Iterator[Path]:
    """In memory where there is room: nothing of the cast's has to outlive the power."""
    if not MEMORY.exists() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path_factory.mktemp("data")
        return
    with TemporaryDirectory(prefix="shouwang-", dir=MEMORY) as found:
        yield Path(found)


@pytest.fixture(scope="session")
def database(folder, worker_id) -> Sqlite | Postgres:
    if os.environ.get("TEST_DATABASE") == "postgres":
        return Postgres(os.environ["TEST_POSTGRES_URL"], f"shouwang_{worker_id}")
    return Sqlite(folder / "shouwang.db")


@pytest.fixture(scope="session")
def prepared(folder, database):
    """One application for the run, and a filled database that every test starts from."""
    database.create()
    app = create_app(
        {
            "TESTING": True,
            "DATA_DIR": folder,
            "MASTER_KEY": KEY,
            "SQLALCHEMY_DATABASE_URI": database.url,
        }
    )
    app.test_client_class = Browser
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        db.create_all()
        people = the_cast.assemble()
        session.remove()
        database.keep()
    return app, people


@pytest.fixture
def app(prepared, database) -> Flask:
    """The application in the morning of 6 October 2022, its database as the cast left it."""
    app, _people = prepared
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        session.remove()
        database.restore()
        only_read(False)
        # the application made last set its own
        vault.use(Path(app.config["DATA_DIR"]) / "uploads")
        album.use(Path(app.config["DATA_DIR"]) / "photos")
        yield app
        session.remove()


@pytest.fixture
def photo_folder(app) -> Path:
    """Where the photos lie; empty at the start of a test."""
    found = Path(app.config["DATA_DIR"]) / "photos"
    shutil.rmtree(found, ignore_errors=True)
    return found


@pytest.fixture
def cast(app, prepared) -> the_cast.Cast:
    return prepared[1]


@pytest.fixture
def lived(app, cast, database) -> the_cast.Cast:
    """The cast after two days of work (tests/lived_day.py)."""
    session.remove()
    if not database.restore("lived"):
        live(cast)
        session.remove()
        database.keep("lived")
    return cast


@pytest.fixture
def client_of(app):
    """A signed-in browser for one of the cast: `client_of(cast.worker)`."""

    def sign_in_as(user: User) -> FlaskClient:
        token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
        session.commit()
        client = app.test_client()
        client.set_cookie("shouwang", token)
        return client

    return sign_in_as


@pytest.fixture
def equip(app):
    """Send with other settings than the application's own: `equip(PUSH_HOSTS=…)`."""
    yield lambda **settings: outfit.use(app.config | settings)
    outfit.use(app.config)


@pytest.fixture
def sink(equip, tmp_path, monkeypatch) -> Iterator[Sink]:
    """A service on the loopback that the operator has listed, with a certificate that counts."""
    with Sink(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        equip(PUSH_HOSTS=(running.place,), ROBOT_HOSTS=(running.place,))
        yield running


@pytest.fixture
def visitor(app) -> FlaskClient:
    """A browser nobody has signed in with."""
    return app.test_client()


@pytest.fixture(scope="session")
def told_story(tmp_path_factory, worker_id) -> Flask:
    """An application with the whole story in its database; tests only read there."""
    base = tmp_path_factory.getbasetemp()
    app = told_in((base if worker_id == "master" else base.parent) / "story")
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium, one for all tests of a process; it asks nobody outside for anything.

    Where there is one, the shell of it that has no windows: it does with half the work.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=SHELL,
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in QUIET)],
        )
        yield browser
        browser.close()
