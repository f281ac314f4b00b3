"""Which records count: resends, corrections, withdrawals."""

from dataclasses import replace
from datetime import timedelta

from app.policy.effective import effective
from tests.policy.casework import correction, on, record, withdrawal


def visit(day=6, outcome="well"):
    return record("visit", on(day), outcome)


def outcomes(*records):
    return [record.outcome for record in effective(records)]


def test_records_are_read_in_the_order_things_happened():
    assert outcomes(visit(8, "needs"), visit(6), visit(7, "unwell")) == ["well", "unwell", "needs"]


def test_a_resend_is_the_first_receipt_of_the_same_record():
    first = visit()
    again = replace(first, received_at=on(9))
    assert effective([again, first]) == (first,)


def test_a_correction_takes_the_place_of_the_mistake():
    wrong = visit(6, "unwell")
    right = correction(wrong, fields={"outcome": "well"})
    assert effective([right, wrong]) == (right,)


def test_a_correction_of_a_correction_stands_alone():
    wrong = visit(6, "unwell")
    better = correction(wrong, fields={"outcome": "needs"})
    best = correction(better, fields={"outcome": "well"})
    assert outcomes(best, wrong, better) == ["well"]


def test_of_two_corrections_of_one_record_the_one_received_last_stands():
    wrong = visit(6, "unwell")
    first = correction(wrong, fields={"outcome": "needs"})
    second = replace(first, id="second", fields={"outcome": "well"}, received_at=on(9))
    assert outcomes(second, first, wrong) == ["well"]
    assert outcomes(second, first, wrong, withdrawal(second)) == ["needs"]


def test_a_correction_counts_even_when_the_mistake_has_not_arrived_yet():
    right = correction(visit(6, "unwell"), fields={"outcome": "well"})
    assert outcomes(right) == ["well"]


def test_a_withdrawal_takes_a_record_out():
    wrong = visit()
    assert effective([withdrawal(wrong), wrong]) == ()


def test_a_withdrawal_of_a_correction_takes_the_whole_entry_out():
    wrong = visit(6, "unwell")
    right = correction(wrong)
    assert effective([wrong, right, withdrawal(right)]) == ()


def test_a_withdrawn_withdrawal_brings_the_record_back():
    mistaken = withdrawal(visit_kept := visit())
    back = withdrawal(mistaken)
    assert effective([visit_kept, mistaken, back]) == (visit_kept,)
    assert effective([visit_kept, mistaken, back, withdrawal(back)]) == ()


def test_records_that_supersede_each_other_in_a_ring_do_not_hang():
    first = visit()
    second = replace(visit(), supersedes=first.id, received_at=on(6) + timedelta(hours=1))
    assert effective([replace(first, supersedes=second.id), second]) == ()
    one = withdrawal(first)
    other = replace(withdrawal(one), supersedes=one.id)
    assert effective([replace(one, supersedes=other.id), other]) == ()
