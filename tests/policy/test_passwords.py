"""Which passwords are refused, and that length is all that is asked for."""

from importlib.resources import files

import pytest

from app.policy.passwords import LONGEST, SHORTEST, why_refused

ABOUT = ("lina", "李娜", "南内环街二", "nanneihuanjieer", "13911112222")


@pytest.mark.parametrize(
    "weak",
    [
        "Aa123456", "Taiyuan2022", "taiyuan!2022", "shouwang2022", "太原太原太原太原太原",
        "守望2022守望2022", "qwertyuiop", "QWERTYUIOP", "1234567890", "0987654321",
        "abcdefghij", "aaaaaaaaaaaa", "woaini1314520", "woaini5201314", "5201314520",
        "Password2022", "p@ssw0rd12", "admin123456", "wangge2022", "lina12345678",
        "李娜19900101", "南内环街二社区2022", "nanneihuanjieer1", "13911112222", "13800351234",
        "140106199001011234", "monkey12345", "iloveyou1314",
    ],
)  # fmt: skip
def test_what_others_guess_first_is_refused(weak):
    assert why_refused(weak, ABOUT) is not None


@pytest.mark.parametrize(
    "good",
    [
        "correct horse battery",
        "梧桐树下的小板凳三把",
        "k7mp-x3wd-9tqh",
        "三晋-grid-2022",
        "7392058164",
        "x" * 9 + "yzabcd",
    ],
)
def test_a_sentence_a_phrase_or_chance_is_good(good):
    assert why_refused(good, ABOUT) is None


def test_length_is_counted_in_characters_and_is_the_only_demand():
    assert "10" in str(why_refused("k7mpx3wd9"))
    assert why_refused("k7mpx3wd9q") is None
    assert why_refused("春眠不觉晓处处闻啼鸟") is None
    assert (SHORTEST, LONGEST) == (10, 128)
    assert why_refused("长" * 3 + "k7mp-x3wd-" * 20) is not None


def test_every_listed_password_is_refused_at_any_length():
    lines = files("app.policy").joinpath("passwords.txt").read_text("utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("# ")]
    assert len(listed) > 6000
    assert [word for word in listed if why_refused(word) is None] == []
    assert [word for word in listed if len(word) >= 5 and why_refused(f"{word}20221") is None] == []
