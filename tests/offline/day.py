"""A day saved without a network in three tabs, and what is done to everybody while it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Protocol

from tests.offline.caller import photo
from tests.offline.hands import Tab, Worker, is_empty, on_the_phone
from tests.offline.server import Server, until

LONGEST_SENDING = 120  # seconds
TABS = ("/today", "/record", "/outbox")


class Browser(Protocol):
    """What carries the day: Chromium or Firefox, on a profile that outlives its death."""

    tabs: list[Tab]

    def start(self) -> "Browser": ...
    def kill(self) -> None: ...
    def open_tab(self, path: str) -> Tab: ...
    def stop_service_workers(self) -> None: ...
    def everybody_sends(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Day:
    """How much is done in a day, and how much is done to it."""

    taps: int
    reports: int
    visits: int
    photos: int
    deaths: list[tuple[str, str]]  # the moment, and in the answer to what
    browser_deaths: int
    worker_stops: int

    @property
    def entries(self) -> int:
        return self.taps + self.reports + self.visits

    def is_saved(self, phone: Browser, elders: list[int], folder: Path) -> list[dict]:
        """Everything saved in three tabs, the browser killed in the middle of it."""
        worker, tabs, pictures = Worker(), three_tabs(phone), self._pictures(folder)
        for _ in range(self.taps):
            worker.taps_a_card(tabs[0])
        turns = cycle(reopened(phone))
        for number in range(self.reports):
            worker.reports(next(turns), f"第{number}件：楼道冒烟")
        for number, resident in zip(range(self.visits), reversed(elders), strict=False):
            taken = [next(pictures)] if number < self.photos else []
            worker.visits(next(turns), resident, f"第{number}次探访，都好", *taken)
        saved = on_the_phone(phone.tabs[0])
        assert len(saved) == self.entries
        assert sum(len(one["photos"]) for one in saved) == self.photos
        return saved

    def is_sent(self, phone: Browser, server: Server) -> None:
        """Everybody sends, and the server dies again and again; in the end nothing is left."""
        for number, (moment, request) in enumerate(self.deaths):
            server.doom(moment, on=request)
            server.start()
            self._sends_until_death(phone, server, f"{moment} of {request}")
            if number < self.worker_stops:
                phone.stop_service_workers()
            if 0 < number < self.browser_deaths:
                reopened(phone)
        server.start()
        until(lambda: phone.everybody_sends() or all(map(is_empty, phone.tabs)), LONGEST_SENDING)

    def _sends_until_death(self, phone: Browser, server: Server, name: str) -> None:
        for _try in range(LONGEST_SENDING):  # a phone itself waits half a minute for one answer
            phone.everybody_sends()
            if server.waits_for_death(patience=1):
                return
        raise AssertionError(f"it did not die {name}")

    def _pictures(self, folder: Path) -> Iterator[Path]:
        for number in range(self.photos):
            path = folder / f"{number}.jpg"
            path.write_bytes(photo(number, side=300))
            yield path


def three_tabs(phone: Browser) -> list[Tab]:
    phone.tabs = [phone.open_tab(path) for path in TABS]
    return phone.tabs


def reopened(phone: Browser) -> list[Tab]:
    phone.kill()
    phone.start()
    return three_tabs(phone)
