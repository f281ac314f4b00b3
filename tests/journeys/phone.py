"""A hand on a phone: it taps and types, and counts both."""

from playwright.sync_api import Locator, Page, expect

from app.lib.db import session
from tests.journeys.sending import all_sent


class Phone:
    """One browser page. `taps` counts what was pressed; writing into a field counts as typing."""

    def __init__(self, page: Page):
        self.page = page
        self.taps = 0

    def open(self, path: str) -> "Phone":
        session.rollback()  # a transaction left open by the test would make the server's wait
        self.page.goto(path)
        return self

    def opens_the_app(self) -> "Phone":
        """Opening the app is no tap: it begins at 今日."""
        return self.open("/today")

    def tap(self, what: Locator) -> "Phone":
        what.first.click()
        self.taps += 1
        return self

    def tab(self, words: str) -> "Phone":
        return self.tap(self.page.get_by_role("navigation").get_by_role("link", name=words))

    def link(self, words: str) -> "Phone":
        return self.tap(self.page.get_by_role("main").get_by_role("link", name=words))

    def button(self, words: str) -> "Phone":
        return self.tap(self.page.get_by_role("button", name=words))

    def chip(self, words: str) -> "Phone":
        return self.tap(self.page.locator(".chip").filter(has_text=words))

    def writes(self, label: str, words: str) -> "Phone":
        self.page.get_by_label(label).first.fill(words)
        return self

    def sees(self, words: str) -> "Phone":
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def sends(self) -> "Phone":
        """What was saved has reached the server, or it has said why not."""
        session.rollback()
        all_sent(self.page)
        return self

    def scrolls_sideways(self) -> bool:
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return self.page.evaluate(wide)

    def shows_at_once(self, what: Locator) -> bool:
        """Whether all of it is in view without scrolling."""
        box = what.first.bounding_box()
        height = self.page.viewport_size["height"]
        return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height
