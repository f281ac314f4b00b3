"""李娜 at her phone."""

from playwright.sync_api import Locator, expect

from tests.journeys.sending import all_sent
from tests.journeys.someone import Someone


class Worker(Someone):
    login = "lina"

    def opens_today(self) -> "Worker":
        self.opens("/today")
        return self

    def taps_tab(self, words: str) -> "Worker":
        self.page.get_by_role("navigation").get_by_role("link", name=words).click()
        return self

    def first_with(self, button: str) -> Locator:
        """The first card or row of 今日 that this button answers, however far down."""
        able = self.page.get_by_role("button", name=button, exact=True)
        doing = self.main.locator("article.task, .stop .cell").filter(has=able)
        self.walks_on_to(doing)
        return self.main.locator(f"#{doing.first.get_attribute('id')}")

    def walks_on_to(self, card: Locator) -> "Worker":
        """Down 今日 until this is among the doors that have come, or the last has come."""
        further = self.main.locator(".more")
        while not card.count() and further.count():
            with self.page.expect_response("**/today/onward*"):
                further.scroll_into_view_if_needed()
            self.page.wait_for_timeout(100)  # what came is put into the page
        return self

    def taps(self, button: str, card: Locator) -> "Worker":
        card.get_by_role("button", name=button, exact=True).click()
        expect(card).to_contain_text("撤销")
        all_sent(self.page)
        return self

    def takes_back(self, card: Locator) -> "Worker":
        card.get_by_role("button", name="撤销").click()
        self.sees("已撤销")
        all_sent(self.page)
        return self

    def verifies_a_yellow_code(self, initials: str) -> "Worker":
        self.taps_tab("登记").follows("黄码核实")
        self.writes("姓名、拼音、房号或电话后四位", initials)
        self.main.locator("#found a[href*='/record/code_check']").first.click()
        self.chooses("情况属实").chooses("是", self.page.get_by_role("group", name="人在家里"))
        self.keeps_a_picture("code_check_filled")
        return self.presses("保存").sees("已保存")

    def logs_an_arrival(self, initials: str) -> "Worker":
        self.taps_tab("登记").follows("抵达登记")
        self.writes("姓名、拼音、房号或电话后四位", initials)
        self.main.locator("#found a[href*='/record/arrival']").first.click()
        self.chooses("蓝标一")
        self.writes("出发地", "吕梁离石").writes("离开当地的日期", self.today())
        self.chooses("火车").writes("车次", "D5302")
        self.keeps_a_picture("arrival_filled")
        return self.presses("保存").sees("已保存")

    def reports(self, what: str, words: str, place: str) -> "Worker":
        self.opens_today().taps_tab("上报").chooses(what)
        self.writes("情况", words).writes("在哪里", place).keeps_a_picture("incident_filled")
        return self.presses("保存").sees("已保存")

    def today(self) -> str:
        """The day as the form for arrivals has it filled in already."""
        return self.page.get_by_label("抵达时间").input_value()[:10]
