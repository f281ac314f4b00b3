"""Nothing that must be sealed can be read in the database by who has it without the key."""

import pytest
from sqlalchemy import text

from app.domain.feedback import Feedback
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib import clock
from app.lib.crypto import SealBroken
from app.lib.db import db, session
from app.sync.inbox import receive
from tests.intake.telling import entry
from tests.web.pages import press

NOTE = "备注甲乙丙：夜里咳得睡不着"
COUGH = "备注丁戊己：干咳两天"
INCIDENT = "三楼漏气，闻着刺鼻"
PLACE = "锅炉房后墙"
FEEDBACK = "表太多，希望少填一次"
ANSWER = "从明天起合成一张"
UNSAVED = "写到一半的话"
HELD = "搬到别处去的那位说的"
REFUSED = "没被收下的那句话"
WORDS = (NOTE, COUGH, INCIDENT, PLACE, FEEDBACK, ANSWER, UNSAVED, HELD, REFUSED)


@pytest.fixture
def written(client_of, cast):
    """Everything a worker can write down of somebody, through the pages and the phone's inbox."""
    client = client_of(cast.worker)
    elder, yellow = cast.elder.id, cast.yellow.id
    visit, monitor = f"/record/visit?resident={elder}", f"/record/monitor?resident={yellow}"
    press(client, visit, visit, outcome="needs", way="door", needs="medicine", note=NOTE)
    press(client, monitor, monitor, outcome="abnormal", temperature="38.6", symptoms="cough",
          note=COUGH)  # fmt: skip
    told = {"kind": "fire", "words": INCIDENT, "place": PLACE}
    press(client, "/record/incident", "/record/incident", **told)
    press(client, "/me", "/feedback", words=FEEDBACK)
    client.post(f"/residents/{yellow}/reveal", data={"what": "phone", "reason": "call"})
    client.post(f"/residents/{yellow}/reveal", data={"what": "id_number", "reason": "identify"})
    client.post(f"/drafts/visit.resident{elder}", data={"note": UNSAVED})
    _on_the_phone(cast)
    _answered(cast)
    assert session.query(Record).filter(Record.kind.in_(["visit", "monitor"])).count() == 2
    return cast


def _on_the_phone(cast) -> None:
    """One entry waits for the director, one is refused; both are kept whole."""
    waits = entry("test", cast.sibling, via="phone", outcome="sampled", note=HELD)
    wrong = entry("visit", cast.elder, via="phone", outcome="?", note=REFUSED)
    answers = receive([waits, wrong], by=cast.worker)
    assert [answer.state for answer in answers] == ["held", "refused"]


def _answered(cast) -> None:
    session.query(Feedback).one().reply(ANSWER, by=cast.director, at=clock.now())
    session.commit()


def dump() -> str:
    """Every row of every table as the file holds it, read past the models."""
    tables = [table.name for table in db.metadata.sorted_tables]
    rows = (session.execute(text(f'SELECT * FROM "{name}"')) for name in tables)
    return "\n".join(str(tuple(row)) for found in rows for row in found)


def test_no_number_and_no_words_stand_in_any_table(written):
    stored = dump()
    people = session.query(Resident).all()
    numbers = [number for one in people for number in (one.id_number, one.phone)]
    assert all(numbers) and len(people) == 6
    assert "王建国" in stored  # the dump has what is not sealed
    assert [secret for secret in (*numbers, *WORDS) if secret in stored] == []


def test_no_symptom_or_temperature_stands_in_any_table(written):
    stored = dump()
    assert "38.6" not in stored and "cough" not in stored and "medicine" not in stored


def test_what_is_sealed_is_there_all_the_same(written):
    records = {record.kind: record.fields for record in session.query(Record)}
    assert (records["visit"]["note"], records["monitor"]["note"]) == (NOTE, COUGH)
    feedback = session.query(Feedback).one()
    assert (feedback.words, feedback.answer) == (FEEDBACK, ANSWER)


@pytest.mark.parametrize("name", ["id_number", "phone"])
def test_what_two_residents_have_swapped_does_not_open(cast, name):
    one, other = cast.elder, cast.yellow
    column = f"{name}_sealed"
    mine, hers = getattr(one, column), getattr(other, column)
    setattr(one, column, hers)
    setattr(other, column, mine)
    session.commit()
    for person in (one, other):
        with pytest.raises(SealBroken):
            getattr(person, name)


def test_what_stood_in_another_column_of_the_same_row_does_not_open(cast):
    cast.elder.phone_sealed = cast.elder.id_number_sealed
    session.commit()
    with pytest.raises(SealBroken):
        assert cast.elder.phone


def test_what_two_records_have_swapped_does_not_open(written):
    one, other = session.query(Record).filter(Record.kind.in_(["visit", "monitor"]))
    one.fields_sealed, other.fields_sealed = other.fields_sealed, one.fields_sealed
    session.commit()
    session.expire_all()
    with pytest.raises(SealBroken):
        assert one.fields["note"]


def test_the_same_words_sealed_twice_look_different(cast):
    before = cast.elder.phone_sealed
    cast.elder.phone = cast.elder.phone
    assert cast.elder.phone_sealed != before
