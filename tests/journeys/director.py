"""张敏 at her desk, and sometimes at her phone."""

import re

from playwright.sync_api import Locator

from tests.journeys.someone import Someone


class Director(Someone):
    login = "zhangmin"

    def opens_the_board(self) -> "Director":
        self.opens("/board")
        return self

    def figure(self, title: str, path: str = "/board") -> int:
        """A big number of the board (or of another page) as it stands now."""
        self.opens(path)
        tile = self.page.locator("section.kpi").filter(has_text=re.compile(f"^{title}"))
        return int(tile.locator("b [data-count]").first.get_attribute("data-count"))

    def counted(self, counter: str) -> int:
        """How many rows the list behind a number has."""
        self.opens(counter)
        return int(self.page.locator("[data-rows]").first.get_attribute("data-rows"))

    def needs(self) -> Locator:
        """The lines of 现在需要您, the first first."""
        self.opens_the_board()
        return self.main.locator("li.need, .need")

    def takes_the_step(self, label: str) -> "Director":
        """The one main button of an incident."""
        self.page.locator(".save-bar").get_by_role("button", name=label).click()
        return self
