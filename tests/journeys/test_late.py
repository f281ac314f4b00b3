"""htmx comes when there is something for it to do, and nothing she did before is lost on it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HTMX = "**/bundles/htmx.js*"


@pytest.fixture
def phone(phone_of, cast):
    """李娜's phone, and with `asked` how often it has asked for htmx."""
    phone = phone_of(cast.worker)
    phone.asked = []
    phone.page.context.on("request", lambda sent: "htmx" in sent.url and phone.asked.append(sent))
    return phone


def test_a_page_that_nobody_touches_does_without(phone):
    phone.open("/today").page.wait_for_timeout(500)
    assert phone.asked == []
    phone.page.mouse.wheel(0, 300)
    expect(phone.page.locator("head script[src*=htmx]")).to_have_count(1)


def searches(phone) -> None:
    """Find somebody, at once: typed and sent before the page has settled."""
    phone.page.evaluate("self.same = true")
    phone.writes("姓名", "王建国").button("查找").sees("王**")


def test_what_is_sent_before_it_is_there_waits_for_it(phone):
    phone.page.route(HTMX, lambda route: phone.page.wait_for_timeout(300) or route.continue_())
    searches(phone.open("/residents"))
    assert phone.page.evaluate("self.same")


def test_where_it_never_comes_a_form_is_a_form(phone):
    phone.page.route(HTMX, lambda route: route.abort())
    searches(phone.open("/residents"))
    assert not phone.page.evaluate("self.same")
