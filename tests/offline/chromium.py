"""Chromium on a profile that stays, as on a phone: killed and opened again, its disk looked at."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Error, Page

QUIET = ("background-networking", "component-update", "sync", "quic", "gpu")
SIZE = {"width": 390, "height": 844}


class Chromium:
    """One profile and, while it runs, the browser on it."""

    def __init__(self, kind: BrowserType, profile: Path, address: str, **options: object):
        self.kind, self.profile, self.address, self.options = kind, profile, address, options
        self.context: BrowserContext | None = None

    def __enter__(self) -> "Chromium":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.close()

    def start(self) -> "Chromium":
        self.context = self.kind.launch_persistent_context(
            str(self.profile),
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in QUIET)],
            base_url=self.address,
            viewport=SIZE,
            locale="zh-CN",
            **self.options,
        )
        return self

    def page(self) -> Page:
        return self.context.new_page()

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

    def _processes(self) -> list[int]:
        """Those that were started with this profile; a zombie has no command line."""
        mark = f"--user-data-dir={self.profile}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if mark in entry.read_bytes().split(b"\0"):
                    found.append(int(entry.parent.name))
        return found


def tells(page: Page, script: str) -> Any:
    """What an expression comes to; None while the page is just going away under us."""
    with suppress(Error):
        return page.evaluate(script)
