"""How to install it: with pictures, for the browser that asks first, before and after sign-in."""

import pytest

from tests.web.pages import soup

BROWSERS = {
    "android": "Mozilla/5.0 (Linux; Android 12; V2166A) Chrome/120.0 Mobile Safari/537.36 EdgA/120",
    "ios": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1",
    "inside": "Mozilla/5.0 (Linux; Android 10) Chrome/107.0 Mobile MicroMessenger/8.0.30",
    "maker": "Mozilla/5.0 (Linux; Android 10; HarmonyOS) HuaweiBrowser/14.0 Chrome/99 Mobile",
    "pc": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36",
}


def ways_on(page) -> list[str]:
    return [way["id"].removeprefix("way-") for way in page.select("[id^=way-]")]


@pytest.mark.parametrize("browser", BROWSERS)
def test_the_way_of_this_browser_stands_first_and_open(visitor, browser):
    page = soup(visitor.get("/install", headers={"User-Agent": BROWSERS[browser]}))
    assert ways_on(page)[0] == browser
    assert set(ways_on(page)) == set(BROWSERS)
    assert page.find(id=f"way-{browser}").name == "section"
    assert all(page.find(id=f"way-{way}").name == "details" for way in ways_on(page)[1:])


def test_inside_wechat_the_phone_s_own_browser_comes_next(visitor):
    iphone = BROWSERS["ios"] + " MicroMessenger/8.0.30"
    page = soup(visitor.get("/install", headers={"User-Agent": iphone}))
    assert ways_on(page)[:2] == ["inside", "ios"]
    assert "在浏览器打开" in page.find(id="way-inside").text


def test_every_step_has_a_picture_and_a_sentence(visitor):
    page = soup(visitor.get("/install"))
    steps = page.select(".steps li")
    assert len(steps) >= 15
    assert all(len(step.select("svg.drawing > *")) > 2 and step.p.text for step in steps)


def test_it_is_led_to_from_the_door_and_from_one_s_own_page(client_of, cast, visitor):
    assert soup(visitor.get("/sign-in")).find("a", href="/install")
    assert soup(client_of(cast.worker).get("/me")).find("a", href="/install")
    assert soup(client_of(cast.director).get("/account")).find("a", href="/install")


def test_it_stands_in_the_rooms_of_whoever_reads_it(client_of, cast, visitor):
    assert soup(client_of(cast.worker).get("/install")).find(class_="tabs")
    assert soup(client_of(cast.director).get("/install")).find(class_="rooms")
    assert soup(visitor.get("/install")).find("a", href="/sign-in")


def test_today_offers_it_to_a_phone_that_has_not_looked_yet(client_of, cast):
    offer = soup(client_of(cast.worker).get("/today")).find(id="install-offer")
    assert offer.has_attr("hidden")  # js/install.js shows it, once
    assert offer.find("a", href="/install") and offer.find("button")
