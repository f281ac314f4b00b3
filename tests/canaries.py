"""People whose names, doors, numbers and words are found at once wherever they have leaked to.

One in our worker's grid, one in the sibling grid of her community, one in the next
community; each with a case of two kinds, a record, an incident, a held entry, a
photo of all three, a task, a word to the director and a roll that was handed in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from PIL import Image

from app.domain import assignments, care, checks, codes, exports, lists, regime
from app.domain.assignment_templates import keep_template
from app.domain.assignments import Order
from app.domain.attachments import attach
from app.domain.blank_forms import keep_form
from app.domain.cases import Case
from app.domain.events import happened
from app.domain.feedback import Feedback, give_feedback
from app.domain.filters import SavedFilter, save_filter
from app.domain.incidents import Incident
from app.domain.messages import Message
from app.domain.notices import Draft, give_notice
from app.domain.people import GridAssignment, User
from app.domain.pushed import ListRow
from app.domain.receipts import Receipt
from app.domain.receivers import To
from app.domain.recording import Deed
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.robots import Robot, add_robot
from app.domain.tasks import Task
from app.domain.uploads import UploadBatch, UploadItem
from app.exchange.fill import look_over
from app.exchange.lists.handed_in import hand_in as hand_in_list
from app.exchange.lists.receiving import Came
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.filetypes import Handed
from app.lib.ids import new_id
from app.lib.pictures import drawn_anew
from app.notify.writing import message
from app.reports.decoding import NAMED
from app.sync.inbox import receive
from app.sync.photos import keep
from tests.cast import resident
from tests.exchange.forms import returnees_form
from tests.exchange.sheets import workbook
from tests.lib.pictures import encoded

ZONES = ("own", "sibling", "foreign")


@dataclass(frozen=True)
class Canary:
    """`secrets` are in no page for anybody; `marks` in none for who may not see this person."""

    zone: str
    secrets: tuple[str, ...]
    marks: tuple[str, ...]
    ids: dict[str, Any]


def release(cast) -> dict[str, Canary]:
    """Put the three into the database."""
    return {
        "own": _canary(cast, "own", "昝金雀", "甲字里", cast.grid1, cast.worker, cast.director),
        "sibling": _canary(
            cast, "sibling", "亓银雀", "乙字里", cast.grid2, cast.colleague, cast.director
        ),
        "foreign": _canary(
            cast, "foreign", "郤铜雀", "丙字里", cast.next_grid, cast.neighbour, cast.next_director
        ),
    }


def _canary(cast, zone, name, compound, grid, worker, director) -> Canary:  # noqa: PLR0917
    person = resident(grid, name, "2", date(1990, 4, 5), room="601", compound=compound)
    number = ZONES.index(zone)
    person.set_phone(f"1391234560{number}")
    note = f"{compound}备注{name[0]}字"
    elder, yellow = _cases(person, grid.parent, director)
    picture = drawn_anew(encoded(Image.new("RGB", (40, 30), (number * 60, 90, 120))))
    keep(picture, by=worker)
    record = _told(worker, "visit", person, note, picture.sha, id=(visit := new_id()))
    _told(worker, "visit", person, note + "另一说", picture.sha, id=visit)
    _told(worker, "incident", person, note, picture.sha)
    give_feedback(note, by=worker, at=clock.now())
    save_filter("yellow", "canary", "grid=1", by=director)
    _apply(yellow, director, clock.now() + timedelta(seconds=5 * number))
    situation = regime.declare(
        grid.parent, ("heat", "storm", "heat")[number], by=director, at=clock.now()
    )
    session.commit()
    blank = returnees_form()
    form = keep_form(
        f"{compound}表", blank, grid.parent, ledger="yellow", query=f"grid={grid.code}",
        layout=look_over("form.xlsx", blank, "yellow").stored(), by=director, at=clock.now(),
    )  # fmt: skip
    session.commit()
    batch = _upload(record, director)
    task = session.query(Task).filter_by(resident_id=person.id, state="open").first()
    return Canary(
        zone,
        secrets=(name, name[1:], person.phone, person.id_number),
        marks=(name[0], compound, sha256(picture.jpeg).hexdigest()),
        ids={
            "resident_id": person.id,
            "batch_id": batch.id,
            "export_id": batch.export_id,
            "household_id": person.household_id,
            "building_id": person.household.building_id,
            "case_id": elder.id,
            "task_id": task.id,
            "incident_id": _only(Incident, resident_id=person.id).id,
            "record_id": record.id,
            "entry_id": _only(Receipt, user_id=worker.id, state="held").entry_id,
            "feedback_id": _only(Feedback, by_id=worker.id).id,
            "filter_id": _only(SavedFilter, user_id=director.id).id,
            "situation_id": situation.id,
            "user_id": worker.id,
            "code": grid.code,
            "area_id": grid.id,
            "community_code": grid.parent.code,
            "assignee": worker.id,
            "form_id": form.id,
            "assignment_id": _only(GridAssignment, user_id=worker.id).id,
            "sha": picture.sha,
            "robot_id": _robot(grid.parent, zone, director).id,
            **_given_out(person, note, worker, director),
            **_pushed(person, director),
            **_to_check(person, note, director),
            "name": f"{_applied_at(yellow):{NAMED}}",
            "message_id": _tell(worker, task).uid,
        },
    )


def _given_out(person: Resident, note: str, worker: User, director: User) -> dict[str, int]:
    """Work about her, a notice and a file that speak of her, and a template that does."""
    now, place = clock.now(), director.community
    to = To("people", [worker.id])
    order = Order(words=note, due_at=now + timedelta(hours=3), resident=person)
    given = assignments.give(order, to, place, by=director, at=now)
    draft = Draft(title=note, words=note, link="https://example.invalid/room")
    notice = give_notice(draft, to, place, by=director, at=now)
    (file,) = attach(
        [Handed("pdf", f"{note}.pdf", b"%PDF-1.4 " + note.encode())],
        community_id=place.id, by=director, at=now, assignment_id=given.id,
    )  # fmt: skip
    template = keep_template(note, note, to, place, by=director, at=now, asks="tick")
    return {
        "given_id": given.id,
        "share_id": given.shares[0].id,
        "notice_id": notice.id,
        "attachment_id": file.id,
        "template_id": template.id,
    }


def _pushed(person: Resident, director: User) -> dict[str, Any]:
    """A list that names her and waits for a decision, and a file that was handed in."""
    place, at = director.community, clock.now()
    file = workbook([["姓名", "电话"], [person.name, person.phone]])
    kept = lists.receive(
        "check", place, name=f"{person.name}.xlsx", sender="防控办", question="", file=file,
        deadline_at=None, by=director, at=at,
    )  # fmt: skip
    row = ListRow(list_id=kept.id, number=2, state="doubtful", resident_id=person.id)
    row.cells, row.understood = [person.name, person.phone], {"name": person.name}
    session.add(row)
    session.commit()
    file_id = hand_in_list(Came("x.xlsx", file, "check"), by=director)
    return {"list_id": kept.id, "row_id": row.id, "file_id": file_id}


def _to_check(person: Resident, note: str, director: User) -> dict[str, int]:
    """A list that asks for her, and calls that were shared out."""
    at, place = clock.now(), director.community
    list_ = lists.receive(
        "check", place, name=f"{note}.xlsx", sender=note, question=note, file=note.encode(),
        deadline_at=None, by=director, at=at,
    )  # fmt: skip
    row = ListRow(number=2)
    list_.rows.append(row)
    row.understood = {"name": person.name, "phone": person.phone, "note": note}
    about = {"grid": person.grid, "household": person.household, "resident": person}
    check = checks.ask(row, by=director, at=at, **about)
    data = {"was": [[check.task.id, None]]}
    shared = happened("check_shared_out", by=director, at=at, about=check.task, data=data)
    session.commit()
    return {"check_id": check.id, "event_id": shared.id}


def _cases(person: Resident, community, director: User) -> tuple[Case, Case]:
    at, day = clock.now() - timedelta(hours=20), date(2022, 10, 5)
    lone = regime.papers_for("elder", "lone", community, day)
    missed = regime.papers_for("yellow", "missed_round", community, day)
    elder = care.put_on_roll(
        person, lone, _deed("elder_roll", person, at), high_risk=False, by=director, at=at
    )
    yellow = codes.open_yellow(
        person, missed, _deed("code_push", person, at), source="市平台推送", by=director, at=at
    )
    return elder, yellow


def _deed(kind: str, person: Resident, at) -> Deed:
    return Deed(id=new_id(), kind=kind, at=at, outcome="", resident=person)


def _told(worker, kind, person, note, *photos: str, id=None) -> Record | None:
    fields = {
        "visit": {"outcome": "needs", "way": "door", "note": note},
        "incident": {"kind": "other", "words": note, "place": ""},
    }
    about = {"resident_id": person.id}
    entry = Entry(id or new_id(), kind, clock.now(), about, fields[kind], photos=photos)
    answer = receive([entry], by=worker)[0]
    assert answer.state in ("kept", "held"), answer
    return answer.record


def _apply(yellow: Case, director: User, at) -> None:
    yellow.stage = "ready"
    codes.apply_for_decoding([yellow], by=director, at=at)
    yellow.stage = "applied"


def _upload(record: Record, director: User) -> UploadBatch:
    """A batch with one row in it, and its file asked for."""
    batch = UploadBatch(
        community_id=record.community_id, by_id=director.id, made_at=clock.now(),
        items=[UploadItem(number=1, record=record, community_id=record.community_id)],
    )  # fmt: skip
    session.add(batch)
    session.flush()
    what, place = {"batch": batch.id}, director.community
    asked = exports.ask("upload", what, place, 1, reason="上传", by=director, at=clock.now())
    batch.export_id = asked.id
    session.commit()
    return batch


def _robot(community, zone: str, director: User) -> Robot:
    url = f"https://oapi.dingtalk.com/robot/send?access_token={zone}"
    return add_robot(community, "dingtalk", url, by=director, at=clock.now())


def _applied_at(yellow: Case):
    return _only(Record, case_id=yellow.id, kind="decode_application").at


def _tell(worker: User, task: Task) -> Message:
    new = message(
        "task_given", f"canary:{task.id}", worker.id, at=clock.now(),
        community_id=task.community_id, task_id=task.id, resident_id=task.resident_id,
    )  # fmt: skip
    session.add(new)
    session.commit()
    return new


def _only(model: type, **columns: Any) -> Any:
    return session.query(model).filter_by(**columns).one()
