"""What keeping one record costs, beside the bare rows: same machine, same run, same durability.

The whole path finds the person's scope and the subject, checks the form, writes
record, event and receipt, plans the case again, and commits (SQLite, WAL, FULL).
"""

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import create_app
from app.domain import sign_in
from app.domain.cases import Case
from app.domain.people import User
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import db, only_read, session
from app.lib.ids import new_id
from app.sync.inbox import receive
from bench.bare import BareTables
from bench.rounds import report, take_turns

EACH = 20
ROUNDS = 8
BATCH = 80


class Community:
    """The story's community: a director who visits elders, all of them due in any week."""

    def __init__(self, app: Flask):
        self.app = app
        with app.app_context():
            director = session.scalars(select(User).where(User.role == "director")).first()
            self.director_id = director.id
            wanted = select(Case.resident_id).where(Case.community_id == director.area_id)
            wanted = wanted.where(Case.kind == "elder", Case.closed_at.is_(None))
            self.elders = list(session.scalars(wanted.order_by(Case.id)))
            self.browser = _signed_in(app, director)
        self.weeks = count(1)

    def visits(self, how_many: int) -> tuple[datetime, list[Entry]]:
        """A morning some weeks on, another one each time, and visits of that morning."""
        morning = clock.now() + timedelta(weeks=next(self.weeks))
        return morning, [_visit(resident, morning) for resident in self.elders[:how_many]]

    def one_at_a_time(self, _round: int) -> int:
        morning, entries = self.visits(EACH)
        with self.app.app_context(), clock.stopped_at(morning):
            for entry in entries:
                self._receive([entry])
        return EACH

    def many_at_a_time(self, _round: int) -> int:
        morning, entries = self.visits(BATCH)
        with self.app.app_context(), clock.stopped_at(morning):
            self._receive(entries)
        return BATCH

    def over_http(self, _round: int) -> int:
        morning, entries = self.visits(EACH)
        with clock.stopped_at(morning):
            for entry in entries:
                _post(self.browser, entry)
        return EACH

    def _receive(self, entries: list[Entry]) -> None:
        for answer in receive(entries, by=session.get(User, self.director_id)):
            if answer.state != "kept" or answer.why:
                raise SystemExit(f"{answer.state}: {answer.why}")
        session.remove()


def main() -> None:
    community = Community(create_app())
    bare = BareTables(Path(community.app.config["DATA_DIR"]) / "bare.db")
    contenders = {
        "bare insert of the record": _by_hand(bare.insert_record),
        "all its rows by hand": _by_hand(bare.insert_all),
        "accepted, one at a time": community.one_at_a_time,
        "accepted, one at a time by POST /sync": community.over_http,
        f"accepted, {BATCH} at a time": community.many_at_a_time,
    }
    baselines = ("bare insert of the record", "all its rows by hand")
    report("one record", take_turns(contenders, ROUNDS), *baselines)
    print(f"  SQL statements for one of {BATCH}: {_statements(community):.1f}")


def _by_hand(write):
    def work(_round: int) -> int:
        for _ in range(EACH):
            write()
        return EACH

    return work


def _statements(community: Community) -> float:
    told: list[str] = []
    with community.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *said: told.append(said[2]))
    pieces = community.many_at_a_time(0)
    return len(told) / pieces


def _visit(resident_id: int, at: datetime) -> Entry:
    about = {"resident_id": str(resident_id)}
    return Entry(new_id(), "visit", at, about, {"outcome": "well", "way": "door"}, "phone")


def _post(browser: FlaskClient, entry: Entry) -> None:
    told = {
        "id": str(entry.id),
        "kind": entry.kind,
        "recorded_at": entry.recorded_at.isoformat(),
        "subject": entry.subject,
        "fields": entry.fields,
    }
    answer = browser.post("/sync", json={"entries": [told]})
    only_read(False)
    if [receipt["state"] for receipt in answer.json["receipts"]] != ["kept"]:
        raise SystemExit(f"not kept: {answer.json}")


def _signed_in(app: Flask, user: User) -> FlaskClient:
    """A browser whose session outlasts the weeks that go by here."""
    later = clock.now() + timedelta(days=3650)
    token, _device = sign_in.begin_session(user, None, "bench", at=later)
    session.commit()
    browser = app.test_client()
    browser.set_cookie("shouwang", token)
    return browser


if __name__ == "__main__":
    main()
