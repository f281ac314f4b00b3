"""Temperature and symptoms."""

import pytest

from tests.intake.telling import refusal_of, sentence, tell


def test_one_tap_invents_no_temperature(cast):
    kept = tell("monitor", cast.returnee, by=cast.worker, outcome="normal")
    assert kept.fields == {"temperature": None, "note": ""}


@pytest.mark.parametrize("typed", ["36.5", "36,5", "36。5℃", " 36.5 度", "36.50"])
def test_a_temperature_as_people_type_it(cast, typed):
    kept = tell("monitor", cast.returnee, by=cast.worker, outcome="normal", temperature=typed)
    assert kept.fields["temperature"] == 36.5


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("365", "体温应在34到43℃之间，请重新量一次或核对。"),
        ("33.9", "体温应在34到43℃之间，请重新量一次或核对。"),
        ("发烧", "体温请填数字，例如 36.5。"),
        ("nan", "体温请填数字，例如 36.5。"),
        ("sNaN", "体温请填数字，例如 36.5。"),
        ("-36.5", "体温请填数字，例如 36.5。"),
    ],
)
def test_what_can_be_no_temperature(cast, typed, why):
    refused = refusal_of(
        "monitor", cast.returnee, by=cast.worker, outcome="normal", temperature=typed
    )
    assert sentence(refused, "temperature") == why


def test_a_fever_is_not_normal(cast):
    refused = refusal_of(
        "monitor", cast.returnee, by=cast.worker, outcome="normal", temperature="37.8"
    )
    assert sentence(refused, "outcome") == "37.8℃ 已到发热标准（37.3℃），请选“有异常”。"


def test_what_is_abnormal_has_to_be_said(cast):
    refused = refusal_of("monitor", cast.returnee, by=cast.worker, outcome="abnormal")
    assert sentence(refused, "symptoms") == "哪里异常？请填体温、选症状或写备注。"
    kept = tell("monitor", cast.returnee, by=cast.worker, outcome="abnormal", symptoms=["cough"])
    assert kept.fields["symptoms"] == ["cough"]
