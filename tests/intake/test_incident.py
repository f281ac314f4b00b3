"""Sudden events: reported by anybody, of any grid, graded by the rules."""

from datetime import timedelta

from app.domain.incidents import Incident
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def reported() -> Incident:
    return session.query(Incident).one()


def test_what_and_a_few_words_are_enough(cast):
    kept = tell("incident", by=cast.worker, kind="fire", words="3单元楼道冒烟")
    incident = reported()
    assert kept.incident_id == incident.id and kept.outcome == "fire"
    assert (incident.kind, incident.grade, incident.stage) == ("fire", 1, "reported")
    assert incident.verify_by == clock.now() + timedelta(minutes=5)
    assert incident.words == "3单元楼道冒烟"
    assert incident.grid_id == cast.grid1.id


def test_at_somebodys_home_the_place_is_known(cast):
    tell("incident", cast.elder, by=cast.worker, kind="no_answer", words="敲门没人应")
    assert reported().place == "二轻小区 2号楼 1单元 101"
    assert reported().resident_id == cast.elder.id


def test_an_emergency_in_another_grid_does_not_wait(cast):
    tell("incident", cast.sibling, by=cast.worker, kind="medical", words="路过时看到摔倒")
    assert reported().grid_id == cast.grid2.id


def test_of_another_community_there_is_nobody(cast):
    refused = refusal_of("incident", cast.stranger, by=cast.worker, kind="medical", words="摔倒")
    assert "没有找到这位居民" in sentence(refused)


def test_words_of_nothing_but_spaces_are_none(cast):
    refused = refusal_of("incident", by=cast.worker, kind="fire", words="  \n ")
    assert sentence(refused, "words") == "请写一两句情况。"


def test_a_kind_that_the_rules_do_not_know(cast):
    refused = refusal_of("incident", by=cast.worker, kind="ufo", words="天上有光")
    assert sentence(refused, "kind") == "请从列表里选。"


def test_it_is_corrected_as_long_as_nobody_has_verified_it(cast):
    wrong = tell("incident", by=cast.worker, kind="dispute", words="吵架")
    right = tell("incident", by=cast.worker, correcting=wrong, kind="gas", words="有煤气味")
    assert (reported().kind, reported().grade, reported().words) == ("gas", 1, "有煤气味")
    reported().verify("", by=cast.director, at=clock.now())
    refused = refusal_of("incident", by=cast.worker, correcting=right, kind="fire", words="着火")
    assert "已经核实过" in sentence(refused)


def test_it_is_taken_back_as_long_as_nobody_has_verified_it(cast):
    wrong = tell("incident", by=cast.worker, kind="fire", words="看错了")
    tell("withdrawal", wrong, by=cast.worker)
    assert reported().stage == "unfounded"
    true = tell("incident", by=cast.worker, kind="fire", words="真着火了")
    session.get(Incident, true.incident_id).verify("", by=cast.director, at=clock.now())
    assert "不能撤回" in sentence(refusal_of("withdrawal", true, by=cast.worker))
