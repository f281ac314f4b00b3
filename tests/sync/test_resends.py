"""A queue cut anywhere and sent any number of times leaves the same rows as one clean send."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.events import Event
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session
from app.sync.inbox import receive
from tests.intake.telling import entry
from tests.offline.sizes import size

MANY = settings(max_examples=size(10, 50), deadline=None, suppress_health_check=list(HealthCheck))


def queue(cast) -> list:
    """A morning's entries: good ones, bad ones, one for another grid, two under one id."""
    visit = entry("visit", cast.elder, via="phone", outcome="well")
    return [
        visit,
        entry("code_check", cast.yellow, via="phone", outcome="confirmed", at_home="y"),
        entry("test", cast.yellow, via="phone", outcome="eaten"),
        entry("test", cast.yellow, via="phone", outcome="sampled"),
        entry("visit", cast.elder, via="phone", id=visit.id, outcome="unwell"),
        entry("monitor", cast.returnee, via="phone", outcome="normal", temperature="36.4"),
        entry("test", cast.sibling, via="phone", outcome="sampled"),
        entry("incident", via="phone", kind="outage", words="停电"),
    ]


def rows() -> dict:
    """What is in the tables, without what only says when."""
    tasks = session.query(Task.case_id, Task.step, Task.state, Task.due_at, Task.record_id)
    receipts = session.query(Receipt.entry_id, Receipt.state, Receipt.fingerprint)
    return {
        "records": sorted(str(row) for row in session.query(Record.id, Record.outcome)),
        "tasks": sorted(str(row) for row in tasks),
        "receipts": sorted(str(row) for row in receipts),
        "events": session.query(Event.kind).count(),
    }


def sent(cuts: list[list], cast) -> dict:
    """The rows after these messages, which are then taken back."""
    mark = session.begin_nested()
    for message in cuts:
        receive_within(message, cast)
    found = rows()
    mark.rollback()
    session.expire_all()
    return found


def receive_within(message: list, cast) -> None:
    """`receive`, with its commit as a savepoint so that the test can take all back."""
    commit, session.registry().commit = session.registry().commit, session.registry().flush
    try:
        receive(message, by=cast.worker)
    finally:
        session.registry().commit = commit


@MANY
@given(st.data())
def test_any_cut_and_any_resend_leave_the_same_rows(cast, data):
    whole = queue(cast)
    clean = sent([whole], cast)
    reached = 0
    messages = []
    while reached < len(whole):
        start = data.draw(st.integers(0, reached), label="the phone sends again from")
        reached = data.draw(st.integers(reached, len(whole)), label="the message reaches to")
        messages.append(whole[start:reached])
    assert sent(messages, cast) == clean
