"""A worker in a stairwell without signal: all her pages open, and nobody else ever reads them.

The network is really gone: the address that her phone knows answers no more, or something
else answers in its place (tests/offline/front.py). Her browser keeps its profile, as on a phone.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.domain import sign_in
from app.domain.people import User
from app.domain.records import Record
from app.domain.sign_in import UserSession
from app.lib import clock
from app.lib.db import session
from tests.journeys.sending import all_sent
from tests.offline.chromium import SHELL, Chromium
from tests.offline.front import EVERYTHING, Front
from tests.web.worker.test_pack import walked

pytestmark = pytest.mark.browser

PACK_IS_WHOLE = "!!navigator.serviceWorker.controller && seal.packs.get('meta', 'whole')"
TWELVE_HOURS_LATER = """new Promise((done) => {
  const opening = indexedDB.open("key");
  opening.onsuccess = () => {
    const keys = opening.result.transaction("key", "readwrite").objectStore("key");
    keys.get("now").onsuccess = ({ target: { result } }) => {
      const change = keys.put({ ...result, until: Date.now() - 1 }, "now");
      change.onsuccess = () => done(opening.result.close());
    };
  };
})"""
KEPT_PAGES = """new Promise((done) => {
  const opening = indexedDB.open("pack");
  opening.onsuccess = () => {
    const { result } = opening, has = result.objectStoreNames.contains("rows");
    if (!has) return done(result.close() ?? 0);
    const asked = result.transaction("rows").objectStore("rows").count();
    asked.onsuccess = () => done(result.close() ?? asked.result);
  };
})"""
# What makes pages of one kind different: a number, or the id of a record.
SOMEBODYS = re.compile(r"[0-9a-f-]{36}|\d+")
NO_NETWORK = "更新，现在没有网络"
PATIENCE = 30_000


class Stairwell:
    """A phone, what stands between it and the server, and who has signed in on it."""

    def __init__(self, browser: Chromium, front: Front):
        self.browser, self.front = browser, front
        self.faults: list[str] = []
        self.page = self._page()

    def _page(self) -> Page:
        page = self.browser.context.pages[0]
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def signs_in(self, user: User) -> "Stairwell":
        token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
        session.commit()
        cookie = {"name": "shouwang", "value": token, "url": self.front.address}
        self.browser.context.add_cookies([cookie])
        return self

    def has_everything(self) -> "Stairwell":
        return self.opens("/today").waits_for(PACK_IS_WHOLE)

    def waits_for(self, script: str) -> "Stairwell":
        for _look in range(PATIENCE // 100):
            if self.page.evaluate(script):
                return self
            self.page.wait_for_timeout(100)
        raise AssertionError(script)

    def goes_down(self) -> "Stairwell":
        self.front.vanishes()
        return self

    def comes_up(self) -> "Stairwell":
        self.front.returns()
        return self

    def opens(self, path: str) -> "Stairwell":
        session.rollback()  # the server does not wait for the test
        self.page.goto(path)
        return self

    def comes_to(self, path: str) -> "Stairwell":
        """A form that was saved leads away by itself."""
        expect(self.page).to_have_url(re.compile(re.escape(path) + "$"))
        return self

    def sees(self, *words: str) -> "Stairwell":
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)
        return self

    def sees_nothing_of(self, *words: str) -> "Stairwell":
        text = self.page.content()
        assert not [word for word in words if word in text]
        return self

    def chooses(self, words: str) -> "Stairwell":
        self.page.locator(".chip").filter(has_text=words).click()
        return self

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def finds(self, typed: str) -> str:
        """What a search for it shows."""
        self.page.get_by_role("searchbox").fill(typed)
        self.page.wait_for_timeout(600)
        return self.page.locator("#found").inner_text()

    def keeps_no_page(self) -> "Stairwell":
        assert self.page.evaluate(KEPT_PAGES) == 0
        return self

    def dies_and_starts_again(self) -> "Stairwell":
        self.browser.kill()
        self.page = (self.browser.start() and self)._page()
        return self


@pytest.fixture
def stairwell(server, chromium, tmp_path) -> Iterator[Stairwell]:
    with Front(int(server.rpartition(":")[2])) as front:
        kind = chromium.browser_type
        with Chromium(kind, tmp_path / "profile", front.address, SHELL) as browser:
            phone = Stairwell(browser, front)
            yield phone
            assert phone.faults == []


def test_every_screen_opens_without_a_network(stairwell, lived, client_of):
    online = walked(client_of(lived.worker))
    one_of_each = {SOMEBODYS.sub("", path): path for path in online}
    stairwell.signs_in(lived.worker).has_everything().goes_down()
    for path in one_of_each.values():
        stairwell.opens(path)
        assert f"<h1>{stairwell.heading()}</h1>" in online[path], path
        assert NO_NETWORK in stairwell.page.locator(".offline").inner_text(), path
    stairwell.dies_and_starts_again().opens("/").sees("今日", NO_NETWORK)


def test_she_finds_somebody_goes_to_her_door_and_writes_it_down(stairwell, cast):
    stairwell.signs_in(cast.worker).has_everything().goes_down().opens("/residents")
    for typed in (
        "王建国",
        "wjg",
        "wangjianguo",
        "2-1-502",
        "2号楼1单元502",
        cast.yellow.phone[-4:],
    ):
        assert "王**" in stairwell.finds(typed), typed
    for typed in ("赵铁柱", "钱外人", "x\"'<b>&"):
        assert "没有找到" in stairwell.finds(typed), typed
    page = stairwell.page
    stairwell.finds("")
    page.get_by_role("link", name="二轻小区 2号楼").click()
    page.get_by_role("link", name="101").first.click()
    page.get_by_role("link", name="刘大爷").click()
    stairwell.sees("独居老人", "有网络时再看")
    page.get_by_role("link", name="探访老人").click()
    stairwell.chooses("需要帮忙")
    page.get_by_label("备注").fill("要一袋面")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/residents/{cast.elder.id}")
    stairwell.sees("已存在手机上，有网络时自动上传")
    expect(page.locator("main .mark-unsent").first).to_be_visible()
    stairwell.opens("/me").sees("待上传")
    stairwell.comes_up().opens("/today")
    all_sent(page)
    session.rollback()
    kept = session.query(Record).filter_by(kind="visit").one()
    assert (kept.resident_id, kept.fields["note"]) == (cast.elder.id, "要一袋面")


def test_what_needs_the_network_says_so_and_nothing_is_lost(stairwell, lived):
    stairwell.signs_in(lived.worker).has_everything().goes_down()
    page = stairwell.opens("/account").page
    page.get_by_role("button", name="保存设置").click()
    stairwell.sees("这一步要有网络", "也没有丢失")
    page.get_by_role("link", name="返回").click()
    assert page.url.endswith("/account")
    stairwell.opens("/today").page.locator("[hx-post$='/reveal'] button").first.click()
    stairwell.sees("刚才没有做成")
    stairwell.opens(f"/residents/{lived.elder.id}/reveal?what=name").sees(
        "这一页要联网看", "更新的", "待上传"
    )


@pytest.mark.parametrize("fault", ["a portal's page", "502 with a page", "503"])
def test_an_answer_of_somebody_else_is_none(stairwell, cast, fault):
    stairwell.signs_in(cast.worker).has_everything()
    stairwell.front.goes_wrong(fault, on=EVERYTHING)
    stairwell.opens("/residents").sees("二轻小区 2号楼", NO_NETWORK)
    stairwell.front.goes_wrong(None)
    stairwell.opens("/residents")
    expect(stairwell.page.locator(".offline")).to_have_count(0)


def test_after_a_shift_without_contact_it_is_locked_and_she_can_still_write(stairwell, cast):
    stairwell.signs_in(cast.worker).has_everything().goes_down()
    stairwell.page.evaluate(TWELVE_HOURS_LATER)
    for path in ("/today", "/residents", f"/residents/{cast.elder.id}", "/me"):
        stairwell.opens(path).sees("居民资料已锁上").sees_nothing_of("刘大爷", "王**")
    page = stairwell.keeps_no_page().page
    page.get_by_role("link", name="登记").first.click()
    stairwell.sees("居民资料已锁上，登录后再看")
    page.get_by_role("link", name="探访老人").click()
    page.get_by_label("写给谁").fill("刘大爷 101")
    stairwell.chooses("一切平安")
    page.get_by_role("button", name="保存").click()
    stairwell.comes_to("/record").sees("已存在手机上")
    stairwell.comes_up().opens("/today")
    all_sent(page)
    stairwell.opens("/me").sees("请从居民里选出这一位")


def test_signing_out_without_a_network_counts_at_once_and_at_the_server_later(stairwell, cast):
    stairwell.signs_in(cast.worker).has_everything().goes_down()
    page = stairwell.opens("/me").page
    page.get_by_role("button", name="退出登录").click()
    stairwell.sees("已退出登录")
    for path in ("/today", "/record", "/record/incident", "/residents"):
        stairwell.opens(path).sees("请先登录").sees_nothing_of("刘大爷", "王**", "李娜")
    stairwell.keeps_no_page()
    stairwell.comes_up().opens("/today")
    assert "/sign-in" in page.url
    session.rollback()
    assert session.query(UserSession).filter_by(ended_at=None).count() == 0


def test_a_change_of_user_shows_nothing_of_the_one_before(stairwell, cast):
    stairwell.signs_in(cast.worker).has_everything()
    stairwell.signs_in(cast.colleague).opens("/today")
    stairwell.goes_down()
    for path in ("/today", "/me", f"/residents/{cast.elder.id}", "/record/visit"):
        stairwell.opens(path).sees_nothing_of("刘大爷", "王**", "李娜")
    stairwell.comes_up().has_everything().goes_down()
    stairwell.opens("/residents").sees("水利厅宿舍 2号楼")
    stairwell.opens(f"/residents/{cast.elder.id}").sees("这一页要联网看").sees_nothing_of("刘大爷")
