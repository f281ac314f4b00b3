"""Taking back an entry that was never recorded: nobody has to mend or decide it any more."""

import pytest

from app.domain.receipts import Receipt
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.sync.held import decide, held_in, unsettled_of
from app.sync.inbox import receive
from tests.intake.telling import entry


def written(cast, state: str):
    """An entry of hers that will end so."""
    if state == "refused":
        return entry("visit", cast.elder, via="phone", outcome="eaten")
    return entry("visit", cast.sibling, via="phone", outcome="well")


def withdrawal(of):
    return entry("withdrawal", via="phone", subject={"record_id": str(of.id)})


def states(*entries, by) -> list[str]:
    return [answer.state for answer in receive(entries, by=by)]


@pytest.mark.parametrize("state", ["refused", "held", "returned"])
def test_it_is_settled_and_waits_for_nobody(cast, state):
    sent = written(cast, state)
    receive([sent], by=cast.worker)
    receipt = session.get(Receipt, sent.id)
    if state == "returned":
        decide(receipt, False, words="去过没有？", by=cast.director, at=clock.now())
        session.commit()
    assert receipt.state == state
    assert states(withdrawal(sent), by=cast.worker) == ["kept"]
    assert (receipt.state, receipt.body) == ("withdrawn", None)
    assert unsettled_of(cast.worker) == [] and held_in(cast.home.id) == []
    assert session.query(Record).filter(Record.kind.in_(("visit", "withdrawal"))).count() == 0


def test_right_behind_its_entry_it_works_as_well(cast):
    sent = written(cast, "held")
    assert states(sent, withdrawal(sent), by=cast.worker) == ["held", "kept"]
    good = entry("visit", cast.elder, via="phone", outcome="well")
    assert states(good, withdrawal(good), by=cast.worker) == ["kept", "kept"]
    assert session.get(Receipt, good.id).state == "kept"  # that one is a record, taken back


def test_sent_again_both_are_known(cast):
    sent = written(cast, "refused")
    back = withdrawal(sent)
    receive([sent, back], by=cast.worker)
    again = receive([sent, back], by=cast.worker)
    assert [answer.state for answer in again] == ["already", "already"]
    assert "撤回" in str(again[0].why)


def test_she_may_think_better_of_it(cast):
    sent = written(cast, "refused")
    receive([sent, withdrawal(sent)], by=cast.worker)
    mended = entry("visit", cast.elder, via="phone", id=sent.id, outcome="well")
    assert states(mended, by=cast.worker) == ["kept"]


def test_nobody_takes_back_what_somebody_else_wrote(cast):
    sent = written(cast, "refused")
    receive([sent], by=cast.worker)
    assert states(withdrawal(sent), by=cast.colleague) == ["refused"]
    assert session.get(Receipt, sent.id).state == "refused"


def test_what_is_decided_is_not_taken_back_so_and_what_is_taken_back_is_not_decided(cast):
    one, other = written(cast, "held"), written(cast, "held")
    receive([one, other], by=cast.worker)
    decide(session.get(Receipt, other.id), False, words="不", by=cast.director, at=clock.now())
    receive([withdrawal(one)], by=cast.worker)
    with pytest.raises(Refused, match="已经定夺过了"):
        decide(session.get(Receipt, one.id), True, by=cast.director, at=clock.now())
