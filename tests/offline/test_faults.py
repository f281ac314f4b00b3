"""What can go wrong between the phone and the server: nothing is lost, the page says what is so,
and what was saved goes once when the fault is over."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.offline import street
from tests.offline.front import FAULTS, Front
from tests.offline.server import Server, until

pytestmark = pytest.mark.browser
NETWORK = "这个网络要先登录才能用"
FULL = "服务器暂时存不下，登记都已存在手机上"
# What a bar at the head of the page says; other faults are told by the mark on the card alone.
SAID = {
    "507": FULL,
    "a portal's page": NETWORK,
    "a portal's redirect": NETWORK,
    "no JSON": NETWORK,
    "JSON of somebody else": NETWORK,
}
ELSEWHERE = ("413", "429", "no TLS")  # tests of their own below


class Phone:
    """李娜's page of 今日, reached through a front that can go wrong."""

    def __init__(self, page: Page, front: Front, server: Server):
        self.page, self.front, self.server = page, front, server

    def taps_the_first_card(self) -> None:
        self.page.goto("/today")
        self.before = self.kept()
        self.page.get_by_role("button", name="一切平安").first.click()
        self.card = self.page.locator(".task.over").first

    def tries_again(self) -> None:
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def waits_until_sent(self) -> None:
        self.tries_again()
        expect(self.card).not_to_contain_text("待上传", timeout=15_000)
        assert self.unsent() == 0
        assert self.kept() == self.before + 1

    def unsent(self) -> int:
        return self.page.evaluate("outbox.count()")

    def kept(self) -> int:
        return self.server.ask("select count(*) from records where kind = 'visit'")[0][0]

    def asked(self) -> int:
        """How often it has tried to send."""
        return sum(path.startswith("POST /sync") for _at, path in self.front.seen)


@pytest.fixture(scope="module")
def place(told_street, tmp_path_factory) -> Iterator[Server]:
    folder = told_street.copied_to(tmp_path_factory.mktemp("faults") / "data")
    with Server(folder) as server:
        yield server


@pytest.fixture(scope="module")
def phone(place, chromium) -> Iterator[Phone]:
    with Front(place.port) as front:
        context = chromium.new_context(base_url=front.address, locale="zh-CN")
        token = street.signed_in(place.folder)
        context.add_cookies([{"name": "shouwang", "value": token, "url": front.address}])
        yield Phone(context.new_page(), front, place)
        context.close()


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in ELSEWHERE])
def test_what_was_tapped_survives(phone, fault):
    phone.front.goes_wrong(fault)
    phone.taps_the_first_card()
    expect(phone.card).to_contain_text("待上传")
    until(phone.asked)
    if fault in SAID:
        expect(phone.page.locator("#bars")).to_contain_text(SAID[fault])
    assert phone.unsent() == 1
    phone.front.goes_wrong(None)
    phone.waits_until_sent()
    if fault in SAID:
        expect(phone.page.locator("#bars")).not_to_contain_text(SAID[fault])


def test_a_server_that_is_gone_is_waited_for(phone):
    phone.page.goto("/today")
    phone.before = phone.kept()
    phone.front.vanishes()
    phone.page.get_by_role("button", name="一切平安").first.click()
    phone.card = phone.page.locator(".task.over").first
    expect(phone.card).to_contain_text("待上传")
    phone.front.returns()
    phone.waits_until_sent()


def test_a_server_that_asks_for_patience_gets_it(phone):
    phone.front.goes_wrong("429")
    phone.taps_the_first_card()
    until(phone.asked)
    expect(phone.card).to_contain_text("待上传")
    (refused_at, _path), *_more = [one for one in phone.front.seen if "POST /sync" in one[1]]
    phone.front.goes_wrong(None)
    phone.waits_until_sent()
    sent_at = next(at for at, path in phone.front.seen if path.startswith("POST /sync"))
    assert sent_at - refused_at >= 2
