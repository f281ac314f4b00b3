"""A real Chromium against a real server on a free loopback port, with the cast in its database."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app.domain import sign_in
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from tests.journeys.phone import Phone

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The address of the running application."""
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    thread.join()


@pytest.fixture
def phone_of(server, chromium) -> Iterator:
    """A phone (or a screen of another width) on which somebody has signed in."""
    opened = []

    def sign_in_on(user: User, width: int = 360, height: int = 780) -> Phone:
        token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
        session.commit()
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", base_url=server
        )
        context.add_cookies([{"name": "shouwang", "value": token, "url": server}])
        opened.append(context)
        return Phone(context.new_page())

    yield sign_in_on
    for context in opened:
        context.close()
