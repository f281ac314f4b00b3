"""The app around the pages: installed, renewed, its queue looked after, left behind safely."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from app.domain import photos
from app.domain.photos import Photo
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from tests.axe import faults
from tests.cast import PASSWORD
from tests.journeys.phone import Phone
from tests.lib.pictures import encoded, two_halves

pytestmark = pytest.mark.browser

# An entry as js/keep.js makes it of a form; `made` milliseconds ago.
WRITE = """async ({ kind, resident, fields, made = 0 }) => {
  const { user, box } = document.body.dataset, path = `/record/${kind}?resident=${resident}`;
  const at = (Date.now() - made).toString(16).padStart(12, "0");
  const id = `${at.slice(0, 8)}-${at.slice(8)}${shelf.newId().slice(13)}`;
  const label = { what: document.title, who: `n${resident}`, on: {}, path };
  const photos = [], author = { user: Number(user), box };
  const told = { id, kind, subject: { resident_id: resident }, photos, fields, label };
  await outbox.put(told, author);
  return id;
}"""
ASKS_TO_INSTALL = """dispatchEvent(
  Object.assign(new Event("beforeinstallprompt"), { prompt() { self.asked = 1; } })
)"""
A_DAY_AND_MORE = 25 * 3_600_000


class Queue(Phone):
    """李娜's phone, and what waits on it."""

    def writes_down(self, kind: str, about, made: int = 0, **fields: str) -> str:
        told = {"kind": kind, "resident": about.id, "fields": fields, "made": made}
        session.rollback()  # or the server would wait for the test
        return self.page.evaluate(WRITE, told)

    def loses_the_network(self) -> "Queue":
        for path in ("**/sync", "**/phone/key"):
            self.page.context.route(path, lambda route: route.abort())
        return self

    def finds_it_again(self) -> "Queue":
        self.page.context.unroute_all()
        return self

    def sends(self) -> "Queue":
        self.page.evaluate("outbox.send()")
        return self

    def entry(self, entry_id: str) -> Locator:
        return self.page.locator(f"[data-id='{entry_id}']")

    def unsent(self) -> int:
        return self.page.evaluate("outbox.count()")


@pytest.fixture
def service_workers() -> str:
    return "allow"


@pytest.fixture
def phone(phone_of, cast) -> Queue:
    return Queue(phone_of(cast.worker).page).opens_the_app()


def kept(kind: str) -> list[Record]:
    """The records of a kind; the server does not wait for whoever reads them."""
    session.rollback()
    found = session.query(Record).filter_by(kind=kind).all()
    session.expunge_all()
    session.rollback()
    return found


def arrives(phone: Phone, kind: str) -> Record:
    for _try in range(100):
        if found := kept(kind):
            return found[0]
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"no {kind} has arrived")


# --- installed


def test_nothing_keeps_a_browser_from_installing_it(phone):
    ask = phone.page.context.new_cdp_session(phone.page).send
    manifest = ask("Page.getAppManifest")
    assert manifest["errors"] == []
    wrong = ask("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in wrong if error["errorId"] != "in-incognito"] == []


def test_it_is_offered_once_until_she_waves_it_away(phone):
    offer = phone.page.locator("#install-offer")
    expect(offer).to_contain_text("把守望装到桌面")
    offer.get_by_role("button", name="不用了").click()
    expect(offer).to_be_hidden()
    phone.opens_the_app()
    expect(offer).to_be_hidden()


def test_a_browser_that_can_install_by_itself_gets_a_button(phone):
    phone.open("/install")
    button = phone.page.get_by_role("button", name="现在就装")
    expect(button).to_be_hidden()
    phone.page.evaluate(ASKS_TO_INSTALL)
    button.click()
    assert phone.page.evaluate("self.asked") == 1
    phone.page.evaluate("dispatchEvent(new Event('appinstalled'))")
    phone.sees("已经装好")


# --- renewed


def worker_is(phone: Phone, state: str) -> None:
    """Wait until there is a service worker in this state."""
    there = f"navigator.serviceWorker.getRegistration().then(one => Boolean(one?.{state}))"
    for _try in range(100):
        if phone.page.evaluate(there):
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"no worker is {state}")


def test_a_new_version_waits_for_her_tap_and_never_for_a_form(phone, app, cast, monkeypatch):
    worker_is(phone, "active")
    phone.open(f"/record/visit?resident={cast.elder.id}").writes("备注", "写了一半")
    phone.loses_the_network().writes_down("visit", cast.elder, outcome="well", way="door")
    monkeypatch.setitem(app.config, "VERSION", "another")
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    worker_is(phone, "waiting")
    bars, update = phone.page.locator("#bars"), phone.page.get_by_role("button", name="更新")
    expect(bars).not_to_contain_text("新版本")
    expect(phone.page.get_by_label("备注")).to_have_value("写了一半")
    phone.opens_the_app().sees("守望有新版本")
    born = phone.page.evaluate("performance.timeOrigin")
    update.click()
    phone.page.wait_for_function("born => performance.timeOrigin !== born", arg=born)
    expect(bars).not_to_contain_text("新版本")
    assert phone.unsent() == 1


# --- what waits


@pytest.fixture
def full(phone, cast) -> Iterator[tuple[Queue, dict[str, str]]]:
    """Her queue page with an entry of each state; the network is lost."""
    ids = {
        "refused": phone.writes_down(
            "code_check", cast.yellow, outcome="nonsense", note="门口遇到"
        ),
        "held": phone.writes_down("code_check", cast.sibling, outcome="confirmed", at_home="y"),
    }
    phone.sends().loses_the_network()
    ids["waiting"] = phone.writes_down("visit", cast.elder, outcome="well", way="door")
    phone.open("/outbox")
    expect(phone.entry(ids["waiting"])).to_be_visible()
    return phone, ids


def test_each_entry_says_where_it_stands(full):
    phone, ids = full
    phone.sees("还有 1 条等待上传").sees("另有 1 条没有通过")
    expect(phone.entry(ids["waiting"])).to_contain_text("等待上传")
    expect(phone.entry(ids["refused"])).to_contain_text("未通过")
    expect(phone.entry(ids["refused"])).to_contain_text("请从列表里选")
    expect(phone.entry(ids["held"])).to_contain_text("待定夺")
    expect(phone.page.locator("#unsent")).to_contain_text("待上传 2")


def test_with_the_network_back_it_goes_at_once(full, cast):
    phone, ids = full
    phone.button("立即上传").sees("现在连不上服务器")
    phone.finds_it_again().button("立即上传")
    assert arrives(phone, "visit").resident_id == cast.elder.id
    expect(phone.entry(ids["waiting"])).to_have_count(0)
    phone.sees("都已上传，1 条等您处理")


def test_a_refused_entry_is_mended_in_its_form(full):
    phone, ids = full
    phone.finds_it_again()
    phone.entry(ids["refused"]).get_by_role("link", name="修改").click()
    expect(phone.page.get_by_label("备注")).to_have_value("门口遇到")
    phone.chip("情况属实")
    phone.tap(phone.page.get_by_role("group", name="人在家里").locator(".chip"))
    phone.button("保存")
    expect(phone.page.get_by_label("备注")).to_have_count(0)  # she is led away from the form
    assert str(arrives(phone, "code_check").id) == ids["refused"]
    phone.open("/outbox")
    expect(phone.entry(ids["held"])).to_be_visible()
    expect(phone.entry(ids["refused"])).to_have_count(0)


def test_deleting_is_offered_after_the_file_and_asks_once_more(full):
    phone, ids = full
    entry = phone.entry(ids["waiting"])
    drop = entry.get_by_role("button", name="删除这一条")
    entry.locator("summary", has_text="删除").first.click()
    expect(entry.get_by_role("button", name="先导出这一条")).to_be_visible()
    expect(drop).to_be_hidden()
    entry.locator("summary", has_text="已导出，或不用导出").click()
    drop.click()
    expect(entry).to_have_count(0)
    expect(phone.entry(ids["refused"])).to_be_visible()


def test_what_she_takes_along_arrives_from_another_phone(full, phone_of, cast, tmp_path):
    phone, ids = full
    with phone.page.expect_download() as download:
        phone.button("全部导出到文件")
    taken = tmp_path / download.value.suggested_filename
    download.value.save_as(taken)
    assert taken.suffix == ".json"
    assert not any(
        word in taken.read_text("utf-8") for word in ("门口遇到", "visit", cast.elder.name)
    )
    other = Queue(phone_of(cast.worker).page).open("/outbox")
    other.page.set_input_files("input[type=file]", taken)
    other.sees("补进 3 条")
    assert str(arrives(other, "visit").id) == ids["waiting"]
    expect(other.entry(ids["refused"])).to_contain_text("未通过")


def test_a_file_that_is_not_ours_is_said_to_be_so(phone, tmp_path):
    strange = tmp_path / "list.json"
    strange.write_text(json.dumps({"rows": []}), "utf-8")
    phone.open("/outbox").page.set_input_files("input[type=file]", Path(strange))
    phone.sees("没有读懂这个文件")


def test_on_a_locked_phone_it_is_there_and_cannot_be_read(full):
    phone, ids = full
    phone.page.evaluate("seal.lock()")
    phone.page.reload()
    entry = phone.entry(ids["waiting"])
    expect(entry).to_contain_text("已加密，登录后可看")
    expect(entry.get_by_role("button", name="删除这一条")).to_have_count(0)


def test_another_person_on_this_phone_is_told_nothing_of_it(full, client_of, cast, server):
    phone, ids = full
    hers = client_of(cast.colleague).get_cookie("shouwang").value
    phone.page.context.add_cookies([{"name": "shouwang", "value": hers, "url": server}])
    phone.finds_it_again().open("/outbox").sees("都已上传")
    assert all(phone.entry(one).count() == 0 for one in ids.values())
    expect(phone.page.locator("#unsent")).to_be_empty()


def test_what_is_older_than_a_day_is_warned_of(phone, cast):
    phone.loses_the_network()
    old = phone.writes_down("visit", cast.elder, made=A_DAY_AND_MORE, outcome="well", way="door")
    phone.open("/outbox")
    expect(phone.entry(old)).to_contain_text("超过一天了")
    phone.sees("有登记超过一天还没传上去")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_full_queue_is_readable_by_everybody(full, width):
    phone, ids = full
    phone.page.set_viewport_size({"width": width, "height": 800})
    phone.entry(ids["waiting"]).locator("summary", has_text="删除").first.click()
    for news in ("signin", "full", "foreign", "photo", "storage", "fast", "slow", "update"):
        phone.page.evaluate("news => app.say({ [news]: 1 })", news)
    assert not phone.scrolls_sideways()
    assert faults(phone.page) == []


# --- what she should know


def test_the_icon_bears_the_number_and_storage_is_asked_to_stay(phone_of, cast):
    phone = Queue(phone_of(cast.worker).page)
    phone.page.add_init_script("navigator.setAppBadge = async (n) => { self.badge = n; }")
    phone.opens_the_app().loses_the_network().writes_down("visit", cast.elder, outcome="well")
    expect(phone.page.locator("#unsent")).to_contain_text("待上传 1")
    assert phone.page.evaluate("self.badge") == 1
    phone.page.wait_for_timeout(200)
    assert phone.page.evaluate("outbox.disk.get('meta', 'stays')") in (True, False)


def test_a_session_that_ran_out_is_said_and_the_queue_goes_after_sign_in(phone, cast):
    phone.page.context.clear_cookies()
    phone.writes_down("visit", cast.elder, outcome="well", way="door")
    phone.sends().sees("请重新登录，登录后自动上传 1 条")
    phone.page.locator("#bars").get_by_role("link", name="登录").click()
    assert phone.page.url.endswith("/sign-in?next=%2Ftoday")
    phone.writes("登录名或手机号", "lina").writes("密码", PASSWORD).button("登录")
    assert arrives(phone, "visit").by_id == cast.worker.id
    expect(phone.page.locator("#bars")).not_to_contain_text("请重新登录")


def test_a_clock_that_is_wrong_is_told_until_it_is_right(phone, cast):
    phone.page.clock.set_fixed_time(cast_time(minutes=12))
    phone.writes_down("visit", cast.elder, outcome="well", way="door")
    phone.sends().sees("手机时间快了 12分钟")
    phone.open("/me").sees("手机时间快了 12分钟")
    phone.page.clock.set_fixed_time(cast_time(minutes=0))
    phone.writes_down("code_check", cast.yellow, outcome="confirmed", at_home="y")
    phone.sends()
    expect(phone.page.locator("#bars")).not_to_contain_text("手机时间")


def cast_time(minutes: int) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


# --- a photo shared from another app

# What the browser does when another app shares a picture to this one
SHARE = """jpeg => {
  const carrier = new DataTransfer(), form = document.createElement("form");
  const bytes = Uint8Array.from(atob(jpeg), (one) => one.charCodeAt(0));
  carrier.items.add(new File([bytes], "IMG_1.jpg", { type: "image/jpeg" }));
  Object.assign(form, { method: "post", action: "/shared-photos", enctype: "multipart/form-data" });
  const input = Object.assign(document.createElement("input"), { type: "file", name: "photos" });
  input.files = carrier.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


def test_a_shared_photo_goes_along_with_the_form_chosen_next(phone):
    worker_is(phone, "active")
    phone.page.wait_for_function("navigator.serviceWorker.controller")
    phone.page.evaluate(SHARE, b64encode(encoded(two_halves())).decode())
    phone.page.wait_for_url("**/record?photo=*")
    assert session.query(Photo).count() == 0  # it lies on the phone
    session.rollback()
    phone.sees("收到 1 张照片")
    phone.link("上报突发事件")
    expect(phone.page.locator(".photos.new img")).to_have_count(1)
    phone.chip("燃气泄漏").writes("情况", "楼道里有煤气味").writes("在哪里", "2号楼").button("保存")
    record = arrives(phone, "incident")
    phone.page.wait_for_url("**/today")
    assert [one.photo is not None for one in photos.shown_on([record.id])[record.id]] == [True]
    session.rollback()
    phone.open("/record/incident")
    expect(phone.page.locator(".photos.new img")).to_have_count(0)


def test_a_photo_that_cannot_be_taken_is_said_and_the_entry_goes_on(phone, cast):
    worker_is(phone, "active")
    no_picture = "outbox.keepPhoto(new Blob(['?'], { type: 'image/jpeg' }), author)"
    told = WRITE.replace("photos, ", f"photos: [await {no_picture}], ")
    about = {"kind": "visit", "resident": cast.elder.id, "fields": {"outcome": "well"}}
    session.rollback()
    phone.page.evaluate(told, about)
    phone.sends().sees("有一张照片没有传上去")
    assert arrives(phone, "visit").outcome == "well"


# --- signing out


# Every row of every database that lies on the phone, but for the outbox itself.
READABLE = """async () => {
  const rows = [];
  const asked = (request) => new Promise((found) => {
    request.onsuccess = () => found(request.result);
  });
  for (const { name } of await indexedDB.databases()) {
    const db = name === "outbox" ? null : await asked(indexedDB.open(name));
    for (const store of db?.objectStoreNames ?? []) {
      rows.push(...await asked(db.transaction(store).objectStore(store).getAll()));
    }
    db?.close();
  }
  return rows.length;
}"""


def is_locked(phone: Phone) -> bool:
    return phone.page.evaluate(READABLE) == 0


def test_without_anything_unsent_the_phone_locks_and_she_is_out(phone):
    phone.open("/me").button("退出登录")
    phone.page.wait_for_url("**/sign-in")
    assert is_locked(phone)


def test_she_leaves_without_a_network_too(phone):
    worker_is(phone, "active")
    phone.page.wait_for_function("navigator.serviceWorker.controller")
    phone.open("/me").page.context.set_offline(True)
    phone.button("退出登录").sees("已退出")
    assert is_locked(phone)


def test_with_unsent_work_it_says_what_becomes_of_it(phone, cast):
    phone.loses_the_network().writes_down("visit", cast.elder, outcome="well", way="door")
    phone.open("/me").button("退出登录")
    sheet = phone.page.get_by_role("dialog")
    expect(sheet).to_contain_text("还有 1 条没有上传")
    expect(sheet).to_contain_text("加密留在这部手机上")
    assert faults(phone.page) == []
    sheet.get_by_role("button", name="先不退出").click()
    expect(sheet).to_have_count(0)
    phone.button("退出登录")
    sheet.get_by_role("button", name="仍然退出").click()
    phone.page.wait_for_url("**/sign-in")
    assert is_locked(phone)
    phone.finds_it_again()
    phone.writes("登录名或手机号", "lina").writes("密码", PASSWORD).button("登录")
    assert arrives(phone, "visit").by_id == cast.worker.id
