"""Whatever happens between a phone and us, in whatever order: every entry is accounted for.

Two workers share a phone. They write, good things and bad; messages are cut, lost,
doubled and late; grids, roles, accounts, rules, cases, residents and clocks change
meanwhile; directors decide. In the end everybody signs in once more and sends what
is left. `STATEFUL_RUNS=1000 bin/test tests/sync/test_anything_happens.py` tries more.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain import sign_in
from app.domain.receipts import UNSETTLED, Receipt
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import only_read, session
from app.sync.body import fingerprint
from app.sync.held import decide, held_in
from tests.cast import MORNING, Cast
from tests.intake.telling import tell
from tests.sync import happenings
from tests.sync.happenings import WORKERS
from tests.sync.one_phone import Message, Phone, Written

RUNS = int(os.environ.get("STATEFUL_RUNS") or 12)
STEPS = 30
# Whom the neighbour could only know of after she has worked here, and these two of her.
OURS, THEIRS = ("elder", "sibling", "yellow"), ("stranger",)
PICK = st.integers(0, 10_000)
FORMS = st.sampled_from(["", "now", "0123456789ab"])
TOLD = st.lists(st.tuples(PICK, PICK, FORMS), min_size=1, max_size=5)


def wording(cast: Cast, task_ids: list[int], what: int, n: int) -> tuple[str, dict, dict]:
    """Something that may be written: kind, subject, fields; `n` tells one from another."""
    task, nobody = {"task_id": task_ids[n % len(task_ids)]}, {"resident_id": 9_999}
    back = {"reason": "green", "origin": "郑州市", "left_on": "2022-10-01", "transport": "train"}
    told = (
        ("visit", cast.elder, {"outcome": "well", "note": str(n)}),
        ("visit", cast.sibling, {"outcome": "needs", "needs": ["food"]}),
        ("visit", task, {"outcome": "well", "note": str(n)}),
        ("visit", cast.elder, {"outcome": "eaten", "note": str(n)}),
        ("visit", cast.stranger, {"outcome": "well"}),
        ("visit", nobody, {"outcome": "well"}),
        ("attempt", task, {"way": "phone", "note": str(n)}),
        ("test", cast.yellow, {"outcome": "sampled", "note": str(n)}),
        ("monitor", cast.returnee, {"outcome": "normal"}),
        ("arrival", cast.plain, back),
        ("code_push", cast.plain, {"reason": "missed_round"}),
        ("incident", {}, {"kind": "fire", "words": f"第{n}处着火"}),
        ("incident", cast.sibling, {"kind": "fire", "words": "冒烟"}),
        ("resident", {}, {"name": "马晓", "address": f"二轻小区9号楼1单元{n % 90 + 101}"}),
        ("feedback", {}, {"words": f"表太多（{n}）"}),
        ("horoscope", {}, {"words": str(n)}),
    )
    kind, about, fields = told[what % len(told)]
    return kind, about if isinstance(about, dict) else {"resident_id": about.id}, fields


class AnythingHappens(RuleBasedStateMachine):
    """One random story; `begin_anew` gives a fresh database with the cast in it."""

    def __init__(self, app, cast: Cast, begin_anew: Callable[[], None]):
        super().__init__()
        begin_anew()
        self.app, self.cast, self.phone = app, cast, Phone()
        self.now = MORNING
        self.clock = clock.stopped_at(self.now)
        self.clock.__enter__()
        tell("elder_roll", cast.sibling, by=cast.director, reason="lone")
        session.commit()
        self.tasks = [task.id for task in session.query(Task).filter_by(kind="visit")]
        self.names = [name for (name,) in session.query(Resident.name)]
        self.been_in = {getattr(cast, who).id: {getattr(cast, who).community.id} for who in WORKERS}
        self.sign_in("worker")

    # The phone

    @initialize(told=TOLD)
    def a_day_begins(self, told):
        self.writes(told)

    @rule(told=TOLD)
    def writes(self, told):
        for what, number, form in told:
            kind, subject, fields = wording(self.cast, self.tasks, what, number)
            known = KINDS[kind].form_print if kind in KINDS else ""
            self.phone.write(kind, subject, fields, known if form == "now" else form)

    @rule(which=PICK, how=st.sampled_from(["taken back", "corrected", "built upon"]))
    def writes_about_an_earlier_one(self, which, how):
        earlier = self.phone.entries[which % len(self.phone.entries)].id
        if how == "taken back":
            self.phone.write("withdrawal", {"record_id": earlier}, {})
        elif how == "corrected":
            self.phone.write("visit", {"supersedes": earlier}, {"outcome": "needs"})
        else:
            self.phone.write("incident", {"of": earlier}, {"kind": "fire", "words": "在她家"})

    @precondition(lambda self: self.mendable())
    @rule(which=PICK)
    def mends(self, which):
        entry = self.mendable()[which % len(self.mendable())]
        better = {"outcome": "well"} if entry.kind == "visit" else {}
        entry.fields = entry.fields | better | {"note": f"改过{which}"}
        entry.state = "waiting"

    def mendable(self) -> list[Written]:
        return [one for one in self.phone.queue() if one.state in ("refused", "returned")]

    @precondition(lambda self: self.phone.queue())
    @rule(cut=PICK, end=st.sampled_from(["heard", "heard", "unheard", "on the way"]))
    def sends(self, cut, end):
        queue = self.phone.queue()
        part = queue[: cut % len(queue) + 1]
        message = self.phone.message(part)
        self.phone.on_the_way.append(message)
        if end != "on the way":
            answer = self.arrive(message)
            if end == "heard":
                self.phone.hear(part, answer)

    @precondition(lambda self: self.phone.on_the_way)
    @rule(which=PICK)
    def an_old_message_arrives(self, which):
        self.arrive(self.phone.on_the_way[which % len(self.phone.on_the_way)])

    @rule(who=st.sampled_from(WORKERS))
    def sign_in(self, who):
        """Signs in on the phone, perhaps after somebody else; a closed account cannot."""
        user = getattr(self.cast, who)
        if user.active:
            token, _device = sign_in.begin_session(user, None, "共用手机", at=clock.now())
            session.commit()
            client = self.app.test_client()
            client.set_cookie("shouwang", token)
            self.phone.signed_in(user.id, client)

    # The world

    @rule(
        hours=st.sampled_from([0.1, 1, 5, 24, 24 * 8, 24 * 40]),
        wrong=st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    )
    def time_goes_by(self, hours, wrong):
        """And perhaps the phone's clock jumps."""
        self.phone.error = self.phone.error if wrong is None else wrong
        self.clock.__exit__(None, None, None)
        self.now += timedelta(hours=hours)
        self.clock = clock.stopped_at(self.now)
        self.clock.__enter__()

    @rule(what=st.sampled_from(happenings.ALL), one=PICK, other=PICK)
    def something_happens(self, what, one, other):
        what(self.cast, one, other)
        for who in WORKERS:
            user = getattr(self.cast, who)
            self.been_in[user.id] |= {user.community.id} if user.community else set()

    @rule(which=PICK, accepted=st.booleans(), how_many=st.integers(1, 4))
    def directors_decide(self, which, accepted, how_many):
        places = (
            (self.cast.home, self.cast.director),
            (self.cast.next_door, self.cast.next_director),
        )
        held = [(one.entry_id, by) for place, by in places for one in held_in(place.id)]
        for entry_id, by in held[which % len(held) :][:how_many] if held else ():
            with happenings.as_far_as_allowed():
                receipt = session.get(Receipt, entry_id)
                decide(receipt, accepted, words="请改", by=by, at=clock.now())

    # In the end

    def teardown(self):
        try:
            self.everybody_sends_what_is_left()
            for entry in self.phone.entries:
                self.check(entry)
            self.check_records()
        finally:
            self.clock.__exit__(None, None, None)

    def everybody_sends_what_is_left(self):
        for message in self.phone.on_the_way:
            self.arrive(message)
        for who in WORKERS:
            happenings.open_account(self.cast, who)
            self.sign_in(who)
            while part := self.phone.queue()[:7]:
                self.phone.hear(part, self.arrive(self.phone.message(part)))
                for (
                    entry
                ) in part:  # what a person must mend or decide stays; here it has been asked
                    entry.forgotten = True

    def check(self, entry: Written) -> None:
        """The entry, as it was written last, is one record or waits whole for a person."""
        record, receipt = session.get(Record, UUID(entry.id)), session.get(Receipt, UUID(entry.id))
        assert receipt is not None, entry
        assert (record is not None) == (receipt.state == "kept" and receipt.record_id is not None)
        assert receipt.user_id == entry.owner
        if record is not None:
            assert (record.by_id, record.kind) == (entry.owner, entry.kind)
        if receipt.fingerprint != print_of(entry):  # it was mended, and its first body was late
            receipt = session.get(
                Receipt, uuid5(receipt.entry_id, f"{entry.owner}:{print_of(entry)}")
            )
        assert receipt.fingerprint == print_of(entry)
        if receipt.state in UNSETTLED:
            assert receipt.body is not None and entry.state == receipt.state
        if receipt.state == "withdrawn":
            assert self.took_back(entry)
        elif receipt.state == "kept" and receipt.record_id is None:
            assert entry.kind == "withdrawal"
        self.check_secrecy(entry, receipt)

    def took_back(self, entry: Written) -> bool:
        return any(
            one.kind == "withdrawal"
            and one.owner == entry.owner
            and one.subject["record_id"] == entry.id
            for one in self.phone.entries
        )

    def check_secrecy(self, entry: Written, receipt: Receipt) -> None:
        """Whom she could not know of is not there for her, and waits with nobody."""
        strangers = {
            getattr(self.cast, name).id: getattr(self.cast, name) for name in (*OURS, *THEIRS)
        }
        about = strangers.get(entry.subject.get("resident_id"))
        if about is not None and about.community_id not in self.been_in[entry.owner]:
            assert receipt.state in ("refused", "withdrawn"), entry

    def check_records(self) -> None:
        """Nothing is there twice, nothing is of two communities, nothing is from the future."""
        owners = {UUID(entry.id): entry for entry in self.phone.entries}
        for record in session.query(Record).filter_by(via="phone"):
            receipt = session.query(Receipt).filter_by(record_id=record.id).one()
            assert receipt.community_id == record.community_id
            assert record.by_id == receipt.user_id and record.by_id in self.been_in
            if record.resident_id:
                assert session.get(Resident, record.resident_id).community_id == record.community_id
            if (entry := owners.get(record.id)) and entry.after and record.kind == "monitor":
                assert entry.after <= record.at <= record.received_at

    def arrive(self, message: Message) -> Any:
        only_read(False)
        answer = message.arrive()
        assert answer.status_code in (200, 401), answer.text
        assert not [name for name in self.names if name in answer.text]
        assert "系统没能处理" not in answer.text
        return answer


def print_of(entry: Written) -> str:
    return fingerprint(Entry(UUID(entry.id), entry.kind, entry.shown, entry.subject, entry.fields))


def test_whatever_happens_every_entry_is_accounted_for(app, cast, database):
    def begin_anew() -> None:
        session.remove()
        database.restore()

    run_state_machine_as_test(
        lambda: AnythingHappens(app, cast, begin_anew),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
