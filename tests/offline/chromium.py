"""Chromium on a profile that stays, as on a phone: killed and opened again, its disk looked at."""

import os
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

from tests.offline.server import PATIENCE, until

WHOLE = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Without windows: half the work, and no Background Sync.
SHELL = shutil.which("chromium-headless-shell") or WHOLE
QUIET = ("background-networking", "component-update", "sync", "quic", "gpu")
SIZE = {"width": 390, "height": 844}
SENDING = "{ outbox.send(); }"  # and it is not waited for


class Chromium:
    """One profile and, while it runs, the browser on it."""

    def __init__(self, kind: BrowserType, profile: Path, address: str, program: str = WHOLE):
        self.kind, self.profile, self.address, self.program = kind, profile, address, program
        self.context: BrowserContext | None = None
        self.tabs: list[Tab] = []
        self.token = ""

    def __enter__(self) -> "Chromium":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def start(self) -> "Chromium":
        self.context = self.kind.launch_persistent_context(
            str(self.profile),
            executable_path=self.program,
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in QUIET)],
            base_url=self.address,
            viewport=SIZE,
            locale="zh-CN",
        )
        if self.token:
            # it writes its cookies to the disk only twice a minute, and may be killed before
            cookie = {"name": "shouwang", "value": self.token, "url": self.address}
            self.context.add_cookies([cookie])
        return self

    def signs_in(self, token: str) -> "Chromium":
        """From its next start on, with a session that the server knows."""
        self.token = token
        return self

    def page(self) -> Page:
        return self.context.new_page()

    def open_tab(self, path: str) -> "Tab":
        return Tab(self.page()).goes_to(path)

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """SIGKILL to every process of it."""
        for number in self._processes():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        while self._processes():
            time.sleep(0.02)
        with suppress(Exception):
            self.context.close()
        self.context = None

    def stop_service_workers(self) -> None:
        """As the browser does when it is short of memory."""
        page = self.context.pages[0]
        tools = self.context.new_cdp_session(page)
        tools.send("ServiceWorker.enable")
        tools.send("ServiceWorker.stopAllWorkers")
        tools.detach()

    def everybody_sends(self) -> None:
        """Every tab, and the service worker that is awake, at the same time."""
        for tab in self.tabs:
            tells(tab.page, SENDING)
        for worker in self.context.service_workers:
            with suppress(Error):
                worker.evaluate(SENDING)

    def _processes(self) -> list[int]:
        """Those that were started with this profile; a zombie has no command line."""
        mark = f"--user-data-dir={self.profile}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if mark in entry.read_bytes().split(b"\0"):
                    found.append(int(entry.parent.name))
        return found


class Tab:
    """One page of it, with the hands of tests/offline/hands.py."""

    def __init__(self, page: Page):
        self.page = page

    def goes_to(self, path: str) -> "Tab":
        self.page.goto(path)
        return self

    def taps(self, selector: str) -> "Tab":
        self.page.bring_to_front()  # a tab behind others draws next to nothing
        self.page.locator(selector).first.click()
        return self

    def writes(self, selector: str, words: str) -> "Tab":
        self.page.locator(selector).first.fill(words)
        return self

    def chooses_files(self, selector: str, *files: Path) -> "Tab":
        self.page.set_input_files(selector, files)
        return self

    def finds(self, script: str, *about: object) -> Any:
        """The page that comes may take the place of the one that was asked: then it is asked."""
        try:
            return self.page.evaluate(script, *about)
        except Error:
            self.page.wait_for_load_state()
            return self.page.evaluate(script, *about)

    def waits_for(self, script: str, patience: float = PATIENCE) -> "Tab":
        until(lambda: tells(self.page, script), patience)
        return self


def tells(page: Page, script: str) -> Any:
    """What an expression comes to; None while the page is just going away under us."""
    with suppress(Error):
        return page.evaluate(script)
