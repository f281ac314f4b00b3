"""Somebody of the story at a screen of hers: signs in, looks, taps; her steps are photographed."""

import re
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

PICTURES = Path(__file__).parent / "screenshots"
PHONE, DESK = (390, 844), (1280, 800)


class Someone:
    """`login` is her name in the story; what the browser complains of is kept in `complaints`."""

    login = ""
    _pictures = count(1)

    def __init__(
        self,
        chromium: Browser,
        town,
        size: tuple[int, int],
        *,
        script: bool = True,
        login: str = "",
    ):
        self.login = login or self.login
        self.context = chromium.new_context(
            viewport=dict(zip(("width", "height"), size, strict=True)),
            locale="zh-CN",
            base_url=town.address,
            java_script_enabled=script,
        )
        self.complaints: list[str] = []
        self.picture_prefix = f"{self.login}{'' if script else '_plain'}"
        self.opens_a_tab()
        self._signs_in(town.password)

    def opens_a_tab(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._listens)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def closes_the_tab(self) -> None:
        self.page.close()

    def goes_home(self) -> None:
        self.context.close()

    def opens(self, path: str) -> "Someone":
        self.page.goto(path)
        return self

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def follows(self, words: str, within: Locator | None = None) -> "Someone":
        (within or self.main).get_by_role("link", name=words).first.click()
        return self

    def presses(self, words: str, within: Locator | None = None) -> "Someone":
        (within or self.page).get_by_role("button", name=words).first.click()
        return self

    def chooses(self, words: str, within: Locator | None = None) -> "Someone":
        (within or self.page).locator(".chip").filter(has_text=words).first.click()
        return self

    def writes(self, label: str, words: str) -> "Someone":
        self.page.get_by_label(label).first.fill(words)
        return self

    def sees(self, words: str | re.Pattern) -> "Someone":
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def sees_nothing_of(self, words: str) -> "Someone":
        expect(self.page.locator("body")).not_to_contain_text(words)
        return self

    def keeps_a_picture(self, name: str) -> "Someone":
        PICTURES.mkdir(exist_ok=True)
        number = f"{next(Someone._pictures):03d}"
        self.page.screenshot(path=PICTURES / f"{number}_{self.picture_prefix}_{name}.png")
        return self

    def _signs_in(self, password: str) -> None:
        self.opens("/sign-in").writes("登录名或手机号", self.login).writes("密码", password)
        self.presses("登录")
        self.page.wait_for_url(re.compile("/(today|board|areas|admin)"))

    def _listens(self, message) -> None:
        if message.type == "error":
            self.complaints.append(message.text)
