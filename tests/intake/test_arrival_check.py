"""Verifying a returnee."""

from app.domain.tasks import Task
from app.intake import KINDS
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def test_one_tap_verifies(cast):
    task = session.query(Task).filter_by(case_id=cast.returnee_case.id, kind="verify").one()
    kept = tell("arrival_check", task, by=cast.worker, **KINDS["arrival_check"].one_tap)
    assert kept.fields["at_home"] is True
    assert task.state == "done"
    assert cast.returnee_case.stage == "verified"


def test_it_is_for_returnees(cast):
    refused = refusal_of(
        "arrival_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y"
    )
    assert sentence(refused) == "这位居民没有在管的返回档案，请先做抵达登记。"


def test_elsewhere_it_asks_where(cast):
    told = {"outcome": "elsewhere", "whereabouts": "榆次亲戚家"}
    assert tell("arrival_check", cast.returnee, by=cast.worker, **told).fields == {
        "whereabouts": "榆次亲戚家",
        "note": "",
    }
