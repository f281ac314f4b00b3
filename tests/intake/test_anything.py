"""Whatever is sent as an entry is kept, held or refused with a sentence; never an error."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import Record
from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.accept import Entry, accept_and_tell
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.refusal import Held, Refused
from app.lib.words import Say
from tests.cast import Cast
from tests.given import given_to_one, told_to
from tests.intake.telling import entry, tell
from tests.intake.test_answer import returned
from tests.intake.test_incident_handled import given_to
from tests.offline.sizes import size
from tests.pushed import asked

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NEAR = st.sampled_from(
    ["", "y", "n", "2022-10-06T09:00", "2022-10-05", "9999-12-31T23:59:59+14:00", "0001-01-01"]
    + ["36.6", "1e400", "NaN", "-1", "0", "\x00", "\ud800", "好" * 3000, "张三", "朝阳", "141102"]
    + ["二轻小区2号楼1单元502", "110101199003077571", "13800138000", "well", "confirmed", "green"]
)
IDS = ("resident", "task", "case", "household", "incident", "record")
STRAY_IDS = st.dictionaries(
    st.sampled_from([*(f"{name}_id" for name in IDS), "supersedes"]),
    st.integers(-1, 9) | JSON,
    max_size=2,
)
HARMLESS = settings(deadline=None, suppress_health_check=list(HealthCheck))


def right_entry(kind: str, cast: Cast) -> Entry:
    """An entry of each kind that is kept."""
    visit = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    checked = {"outcome": "confirmed", "at_home": "y"}
    back = {"reason": "green", "origin": "郑州市", "left_on": "2022-10-05", "transport": "train"}
    told: dict[str, tuple[Any, dict[str, Any]]] = {
        "visit": (visit, {"outcome": "needs", "needs": ["food"], "note": "晚上送"}),
        "code_check": (cast.yellow, checked),
        "arrival_check": (cast.returnee, checked),
        "test": (cast.yellow, {"outcome": "sampled", "sampled_at": "2022-10-06T08:00"}),
        "monitor": (cast.returnee, {"outcome": "abnormal", "temperature": "37.9"}),
        "arrival": (cast.plain, back | {"arrived_at": "2022-10-06T08:00", "companions": "1"}),
        "incident": (cast.sibling, {"kind": "fire", "words": "冒烟", "place": "楼道"}),
        "resident": (cast.elder.household, {"name": "马晓", "phone": "13800138000"}),
        "code_push": (cast.plain, {"reason": "missed_round", "coloured_at": "2022-10-06T08:00"}),
        "elder_roll": (cast.plain, {"reason": "lone", "high_risk": "y"}),
        "attempt": (visit, {"way": "phone", "note": "没人接"}),
        "release": (cast.elder_case, {"outcome": "moved"}),
        "decode_result": (cast.yellow_case, {"outcome": "green"}),
        "notice_read": (None, {"notice": str(told_to(cast.director, cast).id)}),
        "training_read": (None, {"training": "ninth-zones"}),
        "supplement": (cast.plain, {"phone": "13800138000", "category": "租户"}),
        "feedback": (None, {"words": "表太多，能不能少填一次？"}),
    }
    if kind in told:
        about, fields = told[kind]
        return entry(kind, about, via="phone", **fields)
    return later_entry(kind, cast)


def later_entry(kind: str, cast: Cast) -> Entry:
    """One that needs something before it."""
    if kind == "withdrawal":
        wrong = tell("visit", cast.elder, by=cast.director, outcome="well")
        return entry(kind, wrong, via="phone", reason="点错了")
    if kind == "answer":
        return entry(kind, returned(cast)[1], via="phone", words="见到了")
    if kind == "check_result":
        return entry(
            kind, asked(cast, cast.plain).task, via="phone", outcome="other", note="在上班"
        )
    if kind.startswith("assignment_"):
        told = {"note": "贴好了", "question": "贴几张？", "why": "今天走不开", "to": "back"}
        return entry(kind, given_to_one(cast.worker, cast), via="phone", **told)
    incident = given_to(cast.director, cast)
    told = {"what": "已处理", "until": "2022-10-06T18:00", "why": "等吊车"}
    return entry(kind, incident, via="phone", **told)


def judged(written: Entry, who: Any, *, anywhere: bool = False) -> str:
    """What became of it, leaving no trace; fails on anything but the three."""
    mark = session.begin_nested()
    try:
        accepted = accept_and_tell(written, by=who, at=clock.now(), anywhere=anywhere)
        session.flush()
        assert isinstance(accepted.record, Record)
        assert accepted.notice is None or isinstance(accepted.notice, Say)
        return "kept"
    except Refused as refused:
        assert isinstance(refused.why, Say)
        assert all(words for words in refused.fields.values())
        return "refused"
    except Held as held:
        assert isinstance(held.why, Say)
        return "held"
    finally:
        mark.rollback()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_right_entry_of_each_kind_is_kept(cast, kind):
    hers = kind in ("answer", "feedback") or kind.startswith("assignment_")
    who = cast.worker if hers else cast.director
    assert judged(right_entry(kind, cast), who) == "kept"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_with_anything_wrong_in_it_it_ends_in_a_sentence(cast, kind):
    right = right_entry(kind, cast)
    names = [field.name for field in KINDS[kind].form()] or ["outcome"]
    wrong = st.dictionaries(st.sampled_from(names), NEAR | NEAR | JSON, max_size=3)
    people = st.sampled_from([cast.worker, cast.director, cast.colleague, cast.official])

    @settings(HARMLESS, max_examples=size(20, 100))
    @given(wrong, STRAY_IDS, people, st.booleans())
    def try_it(answers, ids, who, anywhere):
        written = Entry(
            new_id(), kind, clock.now(), right.subject | ids, right.fields | answers, "phone"
        )
        assert judged(written, who, anywhere=anywhere) in ("kept", "refused", "held")

    try_it()


@settings(HARMLESS, max_examples=size(60, 300))
@given(st.text() | st.sampled_from(sorted(KINDS)), st.dictionaries(st.text(), JSON), STRAY_IDS)
def test_so_does_anything_at_all(cast, kind, fields, ids):
    written = Entry(new_id(), kind, clock.now(), ids, fields, "phone")
    assert judged(written, cast.worker) in ("kept", "refused", "held")
