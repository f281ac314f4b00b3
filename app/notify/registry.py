"""What is told: one line per kind, with its words, urgency, whom, how long, and its point.

A kind with the key of an event kind (app/domain/events.py) is made when such an event
happens; the others are written by the timetable (app/notify/hours.py). The words speak of
one and of several (`n`), and go out of the house: never a name, an address or a colour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.domain.events import Event
from app.domain.shares import WITH_DIRECTOR
from app.lib.words import N_
from app.notify import point, recipients
from app.notify.point import Over
from app.notify.recipients import Ids, Staff

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
To = Callable[[Event, Staff], Ids]


@dataclass(frozen=True, slots=True)
class Kind:
    """`opens`: the page a tap leads to (app/web/messages/opening.py). `on_today`: it stands on the
    worker's 今日 list, and whoever has looked at that has read it. `together`: several of a day
    are one line of 消息, which leads to this list. `passes`: nobody misses it once its time is
    over, so that it is never shown as undelivered."""

    one: str
    many: str
    icon: str
    opens: str
    urgency: str = "normal"
    to: To | None = None
    worth: timedelta = DAY
    over: Over = point.never
    on_today: bool = False
    together: str = ""
    passes: bool = False


TASK = {"opens": "task", "over": point.task_over, "on_today": True}
INCIDENT = {"opens": "incident", "urgency": "high"}

KINDS = {
    # What is hers to do
    "task_given": Kind(N_("新任务"), N_("%(n)s 条新任务"), "today", to=recipients.given, **TASK),
    "task_reassigned": Kind(N_("改派给您的任务"), N_("%(n)s 条改派给您的任务"), "user",
        to=recipients.named, urgency="high", **TASK),
    "task_reminded": Kind(N_("负责人提醒您办一件事"), N_("负责人提醒您办 %(n)s 件事"), "warning",
        to=recipients.hands, urgency="high", **TASK),
    "assignment_given": Kind(N_("交办给您一件事"), N_("交办给您 %(n)s 件事"), "today",
        to=recipients.hands, **TASK),
    "assignment_handed_on": Kind(N_("转给您一件交办"), N_("转给您 %(n)s 件交办"), "user",
        to=recipients.named, urgency="high", **TASK),
    "assignment_returned": Kind(N_("一件交办退回重办"), N_("%(n)s 件交办退回重办"), "undo",
        to=recipients.hands, urgency="high", **TASK),
    "assignment_moved": Kind(N_("一件交办改了期限"), N_("%(n)s 件交办改了期限"), "clock",
        to=recipients.hands, **TASK),
    "assignment_answered": Kind(N_("您问的交办有了答复"), N_("您问的 %(n)s 件交办有了答复"),
        "check", to=recipients.hands, **TASK),
    "task_due": Kind(N_("一件任务快到期了"), N_("%(n)s 件任务快到期了"), "clock",
        urgency="high", worth=2 * HOUR, **TASK),
    "case_opened": Kind(N_("您的网格有一份新档案"), N_("您的网格有 %(n)s 份新档案"), "plus", "case",
        to=recipients.workers, over=point.case_over, on_today=True),
    "case_moved": Kind(N_("转来一份档案"), N_("转来 %(n)s 份档案"), "area", "case",
        to=recipients.new_grid, over=point.case_over, on_today=True),
    "record_returned": Kind(N_("一条登记被退回询问"), N_("%(n)s 条登记被退回询问"), "undo",
        "record", to=recipients.author, urgency="high", worth=2 * DAY, over=point.answered,
        on_today=True),
    "entry_decided": Kind(N_("您的一条登记已定夺"), N_("您的 %(n)s 条登记已定夺"), "check", "me",
        to=recipients.named, worth=2 * DAY),
    # Lists that others sent (app/notify/lists.py)
    "list_given": Kind(N_("您有一条信息核查"), N_("您有 %(n)s 条信息核查"), "phone", "checks",
        over=point.list_over, on_today=True),
    "list_due": Kind(N_("一条信息核查快到时间了"), N_("%(n)s 条信息核查快到时间了"), "clock",
        "checks", urgency="high", worth=2 * HOUR, over=point.list_over, on_today=True),
    "list_late": Kind(N_("一条信息核查到了时间没核完"), N_("%(n)s 条信息核查到了时间没核完"),
        "warning", "checks", urgency="high", over=point.list_over, on_today=True),
    "list_in": Kind(N_("一份名单已经导完"), N_("%(n)s 份名单已经导完"), "import", "list",
        over=point.list_gone, passes=True),
    # Sudden events
    "incident_assigned": Kind(N_("派给您一起突发事件"), N_("派给您 %(n)s 起突发事件"), "incident",
        "incident", urgency="urgent", to=recipients.named, over=point.incident_hers),
    "incident_sent_back": Kind(N_("一起突发事件退回重办"), N_("%(n)s 起突发事件退回重办"), "undo",
        to=recipients.handler, over=point.incident_hers, **INCIDENT),
    "extension_granted": Kind(N_("延期已同意"), N_("%(n)s 个延期已同意"), "check", "incident",
        to=recipients.handler, over=point.incident_hers),
    "extension_declined": Kind(N_("延期没有同意"), N_("%(n)s 个延期没有同意"), "close",
        to=recipients.handler, over=point.incident_hers, **INCIDENT),
    "incident_reported": Kind(N_("新的突发事件，待核实"), N_("%(n)s 起突发事件待核实"), "incident",
        "incident", urgency="urgent", to=recipients.directors, over=point.incident_at("reported")),
    "extension_asked": Kind(N_("有人申请延期"), N_("%(n)s 个延期申请"), "clock",
        to=recipients.directors, over=point.extension_decided, **INCIDENT),
    "incident_handled": Kind(N_("一起突发事件待复核"), N_("%(n)s 起突发事件待复核"), "eye",
        "incident", to=recipients.directors, over=point.incident_at("handled")),
    # What a director must say
    "entry_held": Kind(N_("一条登记待定夺"), N_("%(n)s 条登记待定夺"), "warning", "held",
        to=recipients.directors, worth=2 * DAY, over=point.nothing_held),
    "record_answered": Kind(N_("退回的登记有了答复"), N_("%(n)s 条退回的登记有了答复"), "check",
        "record", to=recipients.asker, worth=2 * DAY, over=point.looked_at),
    "feedback_given": Kind(N_("意见箱有新意见"), N_("意见箱有 %(n)s 条新意见"), "feedback",
        "feedback", to=recipients.directors, worth=3 * DAY),
    "feedback_answered": Kind(N_("您的意见有了答复"), N_("您的 %(n)s 条意见有了答复"), "feedback",
        "feedback", to=recipients.named, worth=3 * DAY),
    "assignment_asked_back": Kind(N_("有人问一件交办"), N_("有人问 %(n)s 件交办"), "feedback",
        "assignment", urgency="high", to=recipients.giver, over=point.share_at("asked")),
    "assignment_handed_back": Kind(N_("一件交办交回给您"), N_("%(n)s 件交办交回给您"), "undo",
        "assignment", urgency="high", to=recipients.giver, over=point.share_at(*WITH_DIRECTOR)),
    "export_asked": Kind(N_("有人申请导出完整信息，等您批准"), N_("%(n)s 份导出申请等您批准"),
        "lock", "export", urgency="high", to=recipients.approvers, over=point.export_settled),
    "export_approved": Kind(N_("您申请的导出已批准"), N_("您申请的 %(n)s 份导出已批准"), "check",
        "export", urgency="high", to=recipients.named),
    "export_declined": Kind(N_("您申请的导出没有批准"), N_("您申请的 %(n)s 份导出没有批准"),
        "close", "export", to=recipients.named),
    "reveals_many": Kind(N_("有人今天查看完整信息特别多"), N_("%(n)s 人今天查看完整信息特别多"),
        "warning", "reveals", urgency="urgent", to=recipients.watchers),
    # What is to be read
    "notice_given": Kind(N_("一条新通知"), N_("%(n)s 条新通知"), "feedback", "notice",
        to=recipients.readers, worth=2 * DAY, over=point.notice_read),
    "notice_reminded": Kind(N_("提醒您看一条通知"), N_("提醒您看 %(n)s 条通知"), "warning",
        "notice", urgency="high", to=recipients.reminded, over=point.notice_over),
    "training_given": Kind(N_("一个新的培训"), N_("%(n)s 个新的培训"), "rules", "training",
        to=recipients.trained, worth=3 * DAY, over=point.training_seen),
    # What changes the work of many
    "rules_adopted": Kind(N_("规则版本有变动"), N_("规则版本有 %(n)s 处变动"), "rules", "rules",
        to=recipients.working_under, worth=2 * DAY),
    "situation_declared": Kind(N_("宣布了新的情形，探访频次有变"),
        N_("宣布了 %(n)s 种情形，探访频次有变"), "warning",
        "rules", urgency="high", to=recipients.covered),
    "situation_ended": Kind(N_("情形已解除，探访频次有变"), N_("%(n)s 种情形已解除，探访频次有变"),
        "check", "rules", to=recipients.covered),
    # Asked for to see whether it arrives (app/notify/trial.py)
    "trial": Kind(N_("试一条：这部手机收得到"), N_("试 %(n)s 条：这部手机收得到"), "phone", "me",
        urgency="high", worth=timedelta(minutes=10), passes=True),
    # What the clock says (app/notify/hours.py)
    "morning": Kind(N_("今天有一件事要办"), N_("今天有 %(n)s 件事要办"), "today", "today",
        worth=4 * HOUR, over=point.day_over, on_today=True, passes=True),
    "evening": Kind(N_("今天还有一件事没办完"), N_("今天还有 %(n)s 件事没办完"), "clock", "today",
        worth=3 * HOUR, over=point.day_over, on_today=True, passes=True),
    "day_open": Kind(N_("今天还没有日结"), N_("今天还没有日结"), "lock", "day_close",
        worth=4 * HOUR, over=point.day_closed, passes=True),
    "elder_unreached": Kind(N_("一位老人今天还没有联系上"), N_("%(n)s 位老人今天还没有联系上"),
        "heart", "task", urgency="urgent", worth=6 * HOUR, over=point.task_over,
        together="elders"),
}  # fmt: skip
