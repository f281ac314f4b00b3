"""The numbers about work: tasks, records, incidents, held entries, and gaps in the roll.

A day's checklist is what was due on it or before and not done before it, and
whatever was done on it. What the director does herself is not on it.
"""

from sqlalchemy import and_, or_, select, union_all

from app.domain.incidents import OPEN_STAGES, STAGES, Incident
from app.domain.places import Household
from app.domain.receipts import Receipt
from app.domain.records import Record, standing
from app.domain.residents import Resident
from app.domain.reviews import Review
from app.domain.tasks import Task
from app.lib.words import N_
from app.reports.counter import Asked, Counter, Where, in_no_grid
from app.reports.today import OF_THE_DIRECTOR

_OPEN = Task.state == "open"


def _due(asked: Asked) -> tuple:
    return _on_list(asked, _done_on(asked), *_undone(asked))


def _done(asked: Asked) -> tuple:
    return _on_list(asked, _done_on(asked))


def _left(asked: Asked) -> tuple:
    return _on_list(asked, *_undone(asked))


def _late(asked: Asked) -> tuple:
    due = Task.due_at < asked.at, Task.due_day <= asked.day
    done_later = Task.done_day >= asked.day, Task.done_at > asked.at
    return _on_list(asked, (_OPEN, *due), (*done_later, *due))


def _done_late(asked: Asked) -> tuple:
    return *_done(asked), Task.done_at > Task.due_at


def _not_reached(asked: Asked) -> tuple:
    return *_left(asked), Task.last_attempt_at.between(asked.begins, asked.at)


def _carried(asked: Asked) -> tuple:
    carried = Task.carried_from == asked.day
    return _on_list(asked, (_OPEN, carried), (Task.done_day >= asked.day, carried))


def _unanswered(asked: Asked) -> tuple:
    return Task.kind == "answer", _OPEN


def _done_on(asked: Asked) -> tuple:
    return (Task.done_day == asked.day,)


def _undone(asked: Asked) -> tuple:
    """Due by the day and not done by its end: still open, or done on a later day."""
    due = Task.due_day <= asked.day
    return (_OPEN, due), (Task.done_day > asked.day, due)


def _on_list(asked: Asked, *parts: tuple) -> tuple:
    """Tasks of the checklist for which one of the parts holds; each part is looked up by itself."""
    listed = asked.here(Task), Task.kind.not_in(OF_THE_DIRECTOR), Task.state != "withdrawn"
    found = [select(Task.id).where(*listed, *part) for part in parts]
    return (Task.id.in_(union_all(*found) if len(found) > 1 else found[0]),)


def _recorded(asked: Asked) -> tuple:
    return Record.day == asked.day, standing()


def _came_late(asked: Asked) -> tuple:
    return *_recorded(asked), Record.received_at > asked.ends


def _answered(asked: Asked) -> tuple:
    answered = select(Review.record_id).join(Record, Record.id == Review.record_id)
    return (Record.id.in_(answered.where(Review.state == "answered", asked.here(Record))),)


def _open_incidents(asked: Asked) -> tuple:
    still = or_(Incident.closed_at.is_(None), Incident.closed_at > asked.at)
    return Incident.reported_at <= asked.at, still


def _at_stage(stage: str) -> Where:
    return lambda asked: (Incident.stage == stage,)


def overdue_incident(asked: Asked) -> tuple:
    """The condition that an incident's next step is past its time."""
    unverified = and_(Incident.stage == "reported", Incident.verify_by < asked.at)
    unhandled = and_(Incident.stage == "assigned", Incident.deadline < asked.at)
    return (or_(unverified, unhandled),)


def _more_time(asked: Asked) -> tuple:
    return Incident.stage == "assigned", Incident.extension_until.is_not(None)


def _held(asked: Asked) -> tuple:
    return (Receipt.state == "held",)


def _without_grid(asked: Asked) -> tuple:
    return Resident.left_on.is_(None), in_no_grid(Resident)


def _without_door(asked: Asked) -> tuple:
    no_room = select(Household.id).where(asked.around(Household), Household.room_id.is_(None))
    nowhere = or_(Resident.household_id.is_(None), Resident.household_id.in_(no_room))
    return Resident.left_on.is_(None), nowhere


def _task(name: str, words: str, where: Where, *, placed: bool = True) -> Counter:
    return Counter(name, words, "task", Task, Task.due_at, where, placed)


def _record(name: str, words: str, where: Where, *, placed: bool = False) -> Counter:
    return Counter(name, words, "record", Record, Record.at, where, placed)


def _incident(name: str, words: str, where: Where) -> Counter:
    return Counter(name, words, "incident", Incident, Incident.reported_at, where)


def _resident(name: str, words: str, where: Where) -> Counter:
    return Counter(name, words, "resident", Resident, Resident.created_at, where)


WORK = (
    _task("tasks_due_today", N_("当日应办"), _due),
    _task("tasks_done_today", N_("当日已办"), _done),
    _task("tasks_left_today", N_("当日未办"), _left),
    _task("tasks_late", N_("超时未办"), _late),
    _task("tasks_done_late_today", N_("超时才办"), _done_late),
    _task("not_reached", N_("当日未联系上"), _not_reached),
    _task("tasks_carried", N_("结转"), _carried),
    _task("returned_unanswered", N_("退回未答复"), _unanswered, placed=False),
    _record("records_today", N_("当日登记"), _recorded),
    _record("late_records", N_("隔日补录"), _came_late),
    _record("records_answered", N_("已答复待审"), _answered, placed=True),
    _incident("incidents_open", N_("在办突发事件"), _open_incidents),
    *(_incident(f"incidents_{stage}", STAGES[stage], _at_stage(stage)) for stage in OPEN_STAGES),
    _incident("incidents_overdue", N_("逾期突发事件"), overdue_incident),
    _incident("incidents_asking_time", N_("申请延期"), _more_time),
    _incident(
        "incidents_new_today",
        N_("当日上报突发事件"),
        lambda asked: (Incident.reported_at.between(asked.begins, asked.ends),),
    ),
    _incident(
        "incidents_closed_today",
        N_("当日办结突发事件"),
        lambda asked: (Incident.closed_at.between(asked.begins, asked.ends),),
    ),
    Counter("held", N_("待定夺"), "held", Receipt, Receipt.received_at, _held),
    _resident("no_grid", N_("未分网格的居民"), _without_grid),
    _resident("address_unknown", N_("地址不详的居民"), _without_door),
)
