"""An entry that was written on an older form of its kind."""

from dataclasses import replace

import pytest
from wtforms.validators import InputRequired

from app.domain.receipts import Receipt
from app.domain.recording import record
from app.domain.records import Record
from app.intake import KINDS, visit
from app.intake.fields import IntakeForm, OneOfField
from app.lib.db import session
from app.sync.inbox import Answer, receive
from app.sync.reading import read_batch
from tests.cast import MORNING
from tests.intake.telling import entry

OLD = "0123456789ab"


def send(cast, form: str = "", **fields) -> Answer:
    written = replace(entry("visit", cast.elder, via="phone", **fields), form=form)
    [answer] = receive([written], by=cast.worker)
    return answer


class NewVisitForm(IntakeForm):
    """As if the question of today had another name, and one of its answers, too."""

    state = OneOfField(
        "情况", choices=[("fine", "平安"), ("needs", "需要帮忙")], validators=[InputRequired()]
    )
    way = OneOfField("方式", choices=visit.WAYS, default="door")


def keep(form: NewVisitForm, telling) -> Record:
    deed = telling.deed("visit", form.state.data, form.told())
    return record(deed, by=telling.by, at=telling.received_at)


@pytest.fixture
def renamed(monkeypatch):
    """Visits are asked for with a new form that still understands the old one."""
    formerly = {"outcome": "state", "state=well": "state=fine"}
    new = replace(visit.KIND, form=NewVisitForm, keep=keep, formerly=formerly)
    monkeypatch.setitem(KINDS, "visit", new)
    return new


def test_an_older_form_is_read_as_the_new_one(cast, renamed):
    answer = send(cast, OLD, outcome="well", way="phone")
    assert (answer.state, answer.record.outcome) == ("kept", "fine")
    assert answer.record.fields["way"] == "phone"


def test_the_new_form_is_not_overruled_by_the_old_name(cast, renamed):
    assert send(cast, outcome="well", state="needs").record.outcome == "needs"


def test_what_nobody_understands_any_more_waits_whole(cast, renamed):
    answer = send(cast, OLD, outcome="happy", mood="好")
    assert answer.state == "held" and "表单在手机离线期间改过" in str(answer.why)
    assert '"mood"' in session.get(Receipt, answer.id).body


def test_what_is_wrong_on_today_s_form_is_hers_to_mend(cast):
    for form in ("", KINDS["visit"].form_print):
        answer = send(cast, form, outcome="happy")
        assert (answer.state, list(answer.fields)) == ("refused", ["outcome"])


def test_what_is_right_on_today_s_form_is_kept_whatever_it_was_written_on(cast):
    assert send(cast, OLD, outcome="well", gone_by_now="x").state == "kept"


def test_a_print_changes_with_fields_and_choices_and_with_nothing_else(renamed):
    class Reworded(visit.VisitForm):
        outcome = OneOfField("怎么样", choices=[(key, key) for key, _words in visit.OUTCOMES])

    class Fewer(visit.VisitForm):
        outcome = OneOfField("情况", choices=visit.OUTCOMES[:-1])

    now = visit.KIND.form_print
    assert replace(visit.KIND, form=Reworded).form_print == now
    assert len({now, replace(visit.KIND, form=Fewer).form_print, renamed.form_print}) == 3


@pytest.mark.parametrize("told", [None, 1, [], {}, "", "z" * 12, "0" * 65, OLD + " "])
def test_a_print_that_is_none_is_ignored(cast, told):
    message = {"entries": [{"id": str(entry("visit").id), "kind": "visit", "form": told,
                            "recorded_at": MORNING.isoformat()}]}  # fmt: skip
    assert read_batch(message, at=MORNING)[0].form == ""
