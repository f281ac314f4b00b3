"""李娜 is in the stairwell without signal, and her grid goes to 周强, or she herself next door.

What she wrote is kept and credited to her, or waits for the director of the community it was
done in; her phone tells her which is which, with whom it is, and what was decided.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.offline import street
from tests.offline.chromium import tells
from tests.offline.front import Front
from tests.offline.server import until

pytestmark = pytest.mark.browser
TAPS = 2
RETURNED = "请写明是哪一家。"


@pytest.fixture
def way(server) -> Iterator[Front]:
    """The way between 李娜's phone and the server; the others are in the office."""
    with Front(server.port) as front:
        yield front


@pytest.fixture
def page_of(server, chromium) -> Iterator:
    """A browser of each of them: `page_of("zhangmin")`."""
    opened = []

    def page(login: str, address: str = server.address) -> Page:
        context = chromium.new_context(base_url=address, locale="zh-CN")
        token = street.signed_in(server.folder, login)
        context.add_cookies([{"name": "shouwang", "value": token, "url": address}])
        opened.append(context)
        return context.new_page()

    yield page
    for context in opened:
        context.close()


def test_her_grid_is_given_away_and_her_work_stays_hers(server, page_of, way):
    lina = page_of("lina", way.address)
    works_without_signal(lina, way)
    gives_the_grid_to_zhouqiang(page_of("admin"), server)
    comes_back(lina, way, server)
    assert credited(server, "incident") == ["lina"]  # it names nobody of the grid
    expect(waiting(lina)).to_have_count(TAPS)
    director = page_of("zhangmin")
    for _ in range(TAPS):
        decides(director, "收下")
    hears_of_the_decisions(lina, TAPS)
    until(lambda: tells(lina, "outbox.count()") == 0)
    assert credited(server, "visit") == ["lina"] * TAPS


def test_she_is_moved_away_and_the_director_she_had_decides(server, page_of, way):
    lina = page_of("lina", way.address)
    works_without_signal(lina, way)
    moves_lina_next_door(page_of("admin"), server)
    comes_back(lina, way, server)
    expect(waiting(lina)).to_have_count(TAPS + 1)
    assert credited(server, "visit") + credited(server, "incident") == []
    assert decisions(page_of("hewei")).count() == 0  # where she is now nobody has to decide
    director = page_of("zhangmin")
    decides(director, "退回", RETURNED)
    for _ in range(TAPS):
        decides(director, "收下")
    hears_of_the_decisions(lina, TAPS + 1)
    until(lambda: tells(lina, "outbox.count()") == 1)
    assert credited(server, "visit") + credited(server, "incident") == ["lina"] * TAPS
    expect(lina.locator("article.entry", has_text="已退回")).to_have_count(1)
    lina.goto("/me")
    expect(lina.locator("main")).to_contain_text(RETURNED)


def works_without_signal(lina: Page, way: Front) -> None:
    """Two visits by a tap, and a report on a form that was open."""
    report = lina.context.new_page()
    report.goto("/record/incident")
    lina.goto("/today")
    way.vanishes()
    for _ in range(TAPS):
        lina.locator(".task:not(.over)").get_by_role("button", name="一切平安").first.click()
    expect(lina.locator(".task.over", has_text="待上传")).to_have_count(TAPS)
    report.locator(".chip").filter(has_text="起火冒烟").click()
    report.get_by_label("情况").fill("楼道冒烟，已通知物业")
    report.get_by_label("在哪里").fill("1号楼")
    report.get_by_role("button", name="保存").click()
    until(lambda: tells(lina, "outbox.count()") == TAPS + 1)
    report.close()


def comes_back(lina: Page, way: Front, server) -> None:
    """The signal is there again; she looks at what waits to be uploaded."""
    way.returns()
    lina.goto("/outbox")
    until(lambda: server.ask("select count(*) from receipts") == [(TAPS + 1,)])


def gives_the_grid_to_zhouqiang(admin: Page, server) -> None:
    ((zhouqiang,),) = server.ask("select id from users where login = 'zhouqiang'")
    admin.goto(f"/admin/users/{zhouqiang}")
    admin.get_by_label("网格", exact=True).select_option(label="第1网格 · 李娜")
    admin.get_by_role("button", name="分网格").click()
    expect(admin.locator("body")).to_contain_text("网格已分好")


def moves_lina_next_door(admin: Page, server) -> None:
    ((lina,),) = server.ask("select id from users where login = 'lina'")
    ((next_door,),) = server.ask("select id from areas where name = '桃园北社区'")
    admin.goto(f"/admin/users/{lina}")
    admin.locator("summary", has_text="收回").click()
    admin.get_by_role("button", name="收回").click()
    admin.get_by_label("所属地方").select_option(str(next_door))
    admin.get_by_role("button", name="保存").first.click()
    expect(admin.locator("body")).to_contain_text("账号已改")


def decisions(director: Page) -> Locator:
    director.goto("/held")
    return director.locator("section.card[id^=entry-]")


def decides(director: Page, what: str, words: str = "") -> None:
    entries = decisions(director)
    left = entries.count() - 1
    if words:
        entries.first.locator("summary").click()
        entries.first.locator("textarea").fill(words)
    entries.first.get_by_role("button", name=what).click()
    expect(entries).to_have_count(left)


def waiting(lina: Page) -> Locator:
    """What lies with the director, as she sees it."""
    return lina.locator("article.entry", has_text="现在在张敏")


def hears_of_the_decisions(lina: Page, how_many: int) -> None:
    for left in reversed(range(how_many)):
        waiting(lina).first.get_by_role("button", name="再问一次").click()
        expect(waiting(lina)).to_have_count(left)


def credited(server, kind: str) -> list[str]:
    """Whose the records of a kind are that were kept since the morning."""
    wanted = "select login from records join users on users.id = by_id where kind = ?"
    return [login for (login,) in server.ask(wanted, kind)]
