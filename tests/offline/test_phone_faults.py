"""What can go wrong on the phone itself: its storage is full, or the browser shuts it under us;
and what the server, or the way to it, will not take."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.offline import street
from tests.offline.chromium import tells
from tests.offline.front import EVERYTHING, Front, certificate_in
from tests.offline.server import Server, until

pytestmark = pytest.mark.browser
FULL = "手机存储空间满了，这次没有存上。填的内容还在这里"
LITTLE_ROOM = 60_000  # bytes: for the app itself, not for a photo
HANDLES = """
const open = indexedDB.open.bind(indexedDB);
self.handles = [];
indexedDB.open = (...asked) => {
  const request = open(...asked);
  request.addEventListener("success", () => handles.push(request.result));
  return request;
};
"""


@pytest.fixture(scope="module")
def place(told_street, tmp_path_factory) -> Iterator[Server]:
    with Server(told_street.copied_to(tmp_path_factory.mktemp("phone") / "data")) as server:
        yield server


@pytest.fixture(scope="module")
def pocket(place, chromium):
    """Makes phones: a page on which 李娜 has signed in, at this address."""
    opened: list[BrowserContext] = []
    token = street.signed_in(place.folder)

    def phone(address: str = place.address, script: str = "") -> Page:
        context = chromium.new_context(
            base_url=address, locale="zh-CN", ignore_https_errors=address.startswith("https")
        )
        opened.append(context)
        context.add_init_script(script)
        context.add_cookies([{"name": "shouwang", "value": token, "url": address}])
        return context.new_page()

    yield phone
    for context in opened:
        context.close()


@pytest.fixture
def elder(place) -> int:
    """Somebody nobody has visited yet."""
    seen = "select resident_id from records where kind = 'visit'"
    wanted = f"select resident_id from cases where kind = 'elder' and resident_id not in ({seen})"
    return place.ask(wanted)[-1][0]


def test_a_full_phone_says_so_and_keeps_the_form(place, pocket, elder, picture):
    page, before = pocket(), visits(place)
    tools = has_room(page, place, LITTLE_ROOM)
    page.goto(f"/record/visit?resident={elder}")
    page.set_input_files("#photos", picture)
    page.locator(".photos.new li").wait_for()
    fill(page, "满了也在").get_by_role("button", name="保存").click()
    expect(page.locator("#said")).to_contain_text(FULL)
    expect(page.locator("#said").get_by_role("link", name="导出没上传的")).to_be_visible()
    assert page.get_by_label("备注").input_value() == "满了也在"
    assert page.locator(".photos.new li").count() == 1
    assert (page.evaluate("outbox.count()"), visits(place)) == (0, before)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": place.address})
    page.get_by_role("button", name="保存").click()
    until(lambda: visits(place) == before + 1)


def test_a_database_that_is_shut_under_us_is_opened_again(place, pocket):
    page, before = pocket(script=HANDLES), visits(place)
    page.goto("/today")
    until(lambda: page.evaluate("handles.length > 1"))
    page.evaluate("handles.forEach((one) => one.close())")
    page.get_by_role("button", name="一切平安").first.click()
    expect(page.locator(".task.over").first).to_contain_text("一切平安")
    until(lambda: visits(place) == before + 1)
    shut = "handles.forEach((one) => { one.close(); one.dispatchEvent(new Event('close')); })"
    page.evaluate(shut)
    page.get_by_role("button", name="一切平安").first.click()
    until(lambda: visits(place) == before + 2)


def test_an_entry_too_large_for_somebody_on_the_way_stays_and_can_be_sent_again(place, pocket):
    with Front(place.port) as front:
        page, before = pocket(front.address), visits(place)
        front.goes_wrong("413")
        page.goto("/today")
        page.get_by_role("button", name="一切平安").first.click()
        card = page.locator(".task.over").first
        expect(card).to_contain_text("未通过")
        assert (page.evaluate("outbox.count()"), visits(place)) == (1, before)
        front.goes_wrong(None)
        page.goto("/outbox")
        page.get_by_role("button", name="重试").first.click()
        until(lambda: visits(place) == before + 1)
        until(lambda: tells(page, "outbox.count()") == 0)


def test_a_photo_that_is_refused_does_not_hold_the_entry_up(place, pocket, elder, picture):
    with Front(place.port) as front:
        page, before = pocket(front.address), visits(place)
        page.goto(f"/record/visit?resident={elder}")
        page.set_input_files("#photos", picture)
        page.locator(".photos.new li").wait_for()
        front.goes_wrong("413", on=("/sync/photos",))
        fill(page, "照片太大").get_by_role("button", name="保存").click()
        until(lambda: visits(place) == before + 1)
        until(lambda: tells(page, "outbox.count()") == 0)
        until(lambda: tells(page, "outbox.disk.all('photos')") == [])


def test_a_portal_in_front_of_everything_takes_nothing(place, pocket):
    with Front(place.port) as front:
        page, before = pocket(front.address), visits(place)
        page.goto("/today")
        until(lambda: page.evaluate("seal.unlocked()"))
        front.goes_wrong("a portal's page", on=EVERYTHING)
        page.get_by_role("button", name="一切平安").first.click()
        expect(page.locator("#bars")).to_contain_text("这个网络要先登录才能用")
        assert page.evaluate("seal.unlocked()")
        front.goes_wrong(None)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: visits(place) == before + 1)


def test_without_tls_nothing_is_sent_and_nothing_lost(place, pocket, tmp_path):
    with Front(place.port, certificate_in(tmp_path)) as front:
        page, before = pocket(front.address), visits(place)
        page.goto("/today")
        until(lambda: page.evaluate("seal.unlocked()"))
        front.goes_wrong("no TLS", on=EVERYTHING)
        page.get_by_role("button", name="一切平安").first.click()
        card = page.locator(".task.over").first
        expect(card).to_contain_text("待上传")
        assert visits(place) == before
        front.goes_wrong(None)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: visits(place) == before + 1)


def visits(place: Server) -> int:
    return place.ask("select count(*) from records where kind = 'visit'")[0][0]


def fill(page: Page, note: str) -> Page:
    page.locator(".chip").filter(has_text="一切平安").first.click()
    page.get_by_label("备注").fill(note)
    return page


def has_room(page: Page, place: Server, room: int):
    """The page's tools, after the browser was told how many bytes it may keep for us."""
    tools = page.context.new_cdp_session(page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": place.address, "quotaSize": room})
    return tools
