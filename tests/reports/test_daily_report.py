"""The daily report reads as a deputy director writes it, and knows which sums have changed."""

from app.domain.tasks import Task
from app.reports.daily_report import SUMS, Hands, changes, hands_of, report_text, sums_of
from tests.intake.telling import tell
from tests.lived_day import OCTOBER, at, live

HANDS = Hands(workers=6, recorded=5)


def report(cast, sums: dict[str, int], *, whys=(), note="", city="") -> list[str]:
    carry = [(Task(), why) for why in whys]
    told = {"carry": carry, "hands": HANDS, "city": city, "note": note, "at": at(6, 18, 5)}
    return report_text(cast.home, OCTOBER[6], dict.fromkeys(SUMS, 0) | sums, **told).splitlines()


def test_a_full_day(cast):
    sums = {
        "yellow_open": 37, "yellow_new_today": 9, "yellow_green_today": 4, "yellow_ready": 6,
        "yellow_applied": 3, "returnee_open": 112, "returnee_arrived_today": 8,
        "returnee_closed_today": 5, "returnee_yellow": 10, "returnee_green": 102,
        "elder_to_see_today": 91, "elder_seen_today": 86, "elder_needs_today": 2,
        "incidents_new_today": 3, "incidents_closed_today": 1, "incidents_open": 2,
        "tasks_due_today": 416, "tasks_done_today": 389, "tasks_late": 8, "records_today": 402,
    }  # fmt: skip
    whys = ["not_reached"] * 15 + ["away"] * 7 + ["short_of_hands"] * 5
    assert report(cast, sums, whys=whys, note="明早六点半集合。", city="并") == [
        "【南内环街二社区日报】2022年10月6日 星期四",
        "一、黄码人员：在管37人，今日新增9人，转绿4人；可申报解码6人，已申报待解码3人。",
        "二、返并人员：在管112人（黄标10人、绿标102人），今日新到8人，解除管控5人。",
        "三、独居、空巢等老人：今日应访91人，已访86人，需要帮助2人。",
        "四、突发事件：今日上报3件，办结1件，在办2件。",
        "五、今日清单：应办416件，已办389件，超时8件，"
        "结转27件（多次未联系上15件、本人外出7件、人手不足5件）。",
        "六、人手：网格员6人，今日有登记的5人，共登记402条。",
        "七、备注：明早六点半集合。",
        "以上数据截至2022年10月6日18:05。",
    ]


def test_what_does_not_exist_is_left_out_and_the_rest_is_numbered_on(cast):
    lines = report(cast, {})
    assert lines[1].startswith("一、独居、空巢等老人")
    assert lines[3] == "三、今日清单：应办0件，已办0件，超时0件，没有结转。"


def test_without_a_short_name_of_the_city_returnees_are_called_plainly(cast):
    assert report(cast, {"returnee_open": 1})[1].startswith("一、返回人员：在管1人，")


def test_the_sums_are_those_of_the_day(cast):
    live(cast)
    sums = sums_of(cast.home, OCTOBER[6])
    assert sums["yellow_green_today"] == 1
    assert sums["incidents_new_today"] == 3
    assert sums["elder_seen_today"] == 1


def test_hands_are_the_workers_and_those_who_recorded(cast):
    tell("visit", cast.elder, by=cast.worker, outcome="well")
    assert hands_of(cast.home, OCTOBER[6]) == Hands(workers=2, recorded=1)


def test_only_sums_that_can_be_counted_again_are_compared():
    then = dict.fromkeys(SUMS, 3)
    now = dict.fromkeys(SUMS, 3) | {"elder_seen_today": 4, "tasks_late": 9, "yellow_ready": 0}
    changed = [(change.words, change.then, change.now) for change in changes(then, now)]
    assert changed == [("已探访老人", 3, 4)]
