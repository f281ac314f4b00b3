"""The same entry, or the same case, from two hands in the same moment."""

from threading import Barrier, Thread

from sqlalchemy import event

from app.domain.cases import Case
from app.domain.feedback import Feedback
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.lib.db import db, session
from app.lib.ids import new_id
from app.sync.inbox import receive
from tests.intake.telling import entry

HANDS = 4


def together(app, batches: list) -> list[str]:
    """Each batch from a hand of its own, all starting at once: the states of all answers."""
    start, states = Barrier(len(batches)), []

    def send(written: list, user_id: int) -> None:
        with app.app_context():
            by = session.get(User, user_id)
            session.rollback()
            start.wait()
            states.extend(answer.state for answer in receive(written, by=by))
            session.remove()

    hands = [Thread(target=send, args=batch) for batch in batches]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sorted(states)


def test_a_double_tap_from_two_connections_is_kept_once(app, cast):
    written = entry("visit", cast.elder, via="phone", outcome="well")
    worker_id = cast.worker.id
    session.rollback()
    states = together(app, [([written], worker_id)] * HANDS)
    assert states == ["already"] * (HANDS - 1) + ["kept"]
    assert session.query(Record).filter_by(kind="visit").count() == 1
    assert session.query(Receipt).count() == 1


def test_a_whole_batch_from_two_sides_is_kept_once(app, cast):
    """The page and the service worker, or a resend while the first message is still judged."""
    batch = [
        entry("visit", cast.elder, via="phone", outcome="well"),
        entry("code_check", cast.yellow, via="phone", outcome="confirmed", at_home="y"),
        entry("visit", cast.elder, via="phone", outcome="eaten"),
        entry("test", cast.sibling, via="phone", outcome="sampled"),
        entry("incident", via="phone", kind="fire", words="冒烟"),
        entry("feedback", via="phone", words="表太多"),
    ]
    worker_id = cast.worker.id
    session.rollback()
    states = together(app, [(batch, worker_id)] * HANDS)
    again = HANDS - 1
    expected = {"kept": 4, "already": 4 * again, "refused": HANDS, "held": HANDS}
    assert {state: states.count(state) for state in expected} == expected
    made = ("visit", "code_check", "incident", "feedback")
    assert session.query(Record).filter(Record.via == "phone", Record.kind.in_(made)).count() == 4
    assert session.query(Receipt).count() == len(batch)
    assert session.query(Incident).count() == session.query(Feedback).count() == 1


def test_two_who_were_at_one_door_are_both_heard(app, cast):
    batches = [
        ([entry("visit", cast.elder, via="phone", outcome=how)], by.id)
        for how, by in (("well", cast.worker), ("needs", cast.director))
    ]
    session.rollback()
    assert together(app, batches) == ["kept", "kept"]
    assert session.query(Record).filter_by(kind="visit").count() == 2


def test_two_directors_open_one_case(app, cast):
    plain = cast.plain
    ids = [cast.director.id, cast.secretary.id]
    pushes = [
        [entry("code_push", plain, via="phone", id=new_id(), reason="missed_round")] for _ in ids
    ]
    plain_id = plain.id
    session.rollback()
    assert together(app, list(zip(pushes, ids, strict=True))) == ["kept", "refused"]
    assert session.query(Case).filter_by(resident_id=plain_id, kind="yellow").count() == 1


def test_one_record_takes_few_statements(cast):
    written = entry("visit", cast.elder, via="phone", outcome="well")
    worker = cast.worker
    told: list[str] = []

    def listen(*said) -> None:
        told.append(said[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    receive([written], by=worker)
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len(told) <= 22, told
