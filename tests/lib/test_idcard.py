from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.lib.idcard import BadIdNumber, check_digit, read_id_number

TODAY = date(2022, 10, 8)


def number_for(birth: str, *, area: str = "140106", sequence: str = "002") -> str:
    return area + birth + sequence + check_digit(area + birth + sequence)


def why_refused(text) -> str:
    with pytest.raises(BadIdNumber) as refused:
        read_id_number(text, today=TODAY)
    return str(refused.value.why)


def test_a_number_tells_birth_and_sex():
    woman = read_id_number(number_for("19390502"), today=TODAY)
    man = read_id_number(number_for("19390502", sequence="001"), today=TODAY)
    assert (woman.birth, woman.sex, woman.area_known) == (date(1939, 5, 2), "2", True)
    assert man.sex == "1"


def test_the_example_of_the_standard():
    assert check_digit("11010519491231002") == "X"


def test_an_x_in_any_dress_spaces_and_width():
    number = "11010519491231002X"
    for text in (
        number.lower(),
        "11010519491231002×",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105 19491231 002x ",
        "'" + number,
        "\ufeff" + number,
    ):
        assert read_id_number(text, today=TODAY).number == number


def test_old_and_unknown_areas():
    assert read_id_number(number_for("19390502", area="140102"), today=TODAY).area_known
    assert read_id_number(number_for("19900502", area="830000"), today=TODAY).area_known
    assert not read_id_number(number_for("19900502", area="149999"), today=TODAY).area_known


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("140106390502002", "15位"),
        ("1.40106E+17", "丢位"),
        ("1.40106193905020E+17", "丢位"),
        (1.40106193905021e17, "丢位"),
        (140106193905020000, "丢位"),
        ("", "现在是0位"),
        ("14010619390502", "现在是14位"),
        ("14010619390502XX21", "只能是数字"),
        (number_for("19390230"), "1939-02-30"),
        (number_for("18991231"), "1899-12-31"),
        (number_for("20991231"), "2099-12-31"),
        (number_for("20221009"), "2022-10-09"),
        ("110105194912310021", "校验"),
    ],
)
def test_what_cannot_be_a_number_says_why(text, sentence):
    assert sentence in why_refused(text)


@given(
    days=some.integers(0, (TODAY - date(1900, 1, 1)).days),
    sequence=some.integers(0, 999),
    place=some.integers(0, 17),
    digit=some.sampled_from("0123456789"),
)
def test_one_wrong_digit_never_passes(days, sequence, place, digit):
    birth = date(1900, 1, 1) + timedelta(days=days)
    number = number_for(f"{birth:%Y%m%d}", sequence=f"{sequence:03}")
    assert read_id_number(number, today=TODAY).birth == birth
    if number[place] != digit:
        with pytest.raises(BadIdNumber):
            read_id_number(number[:place] + digit + number[place + 1 :], today=TODAY)
