import pytest

from app.lib.phones import BadPhone, read_phone


@pytest.mark.parametrize(
    "written, number",
    [
        ("13800000000", "13800000000"),
        (" 138 0000 0000 ", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("\u202d13800000000\u202c", "13800000000"),
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),
        ("0351-4120000", "0351-4120000"),
        ("（0351）4120000", "0351-4120000"),
        ("03514120000", "0351-4120000"),
        ("010-62000000", "010-62000000"),
    ],
)
def test_ways_to_write_a_number(written, number):
    assert read_phone(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "无",
        "12800000000",
        "1380000000",
        "138000000000",
        "4120000",
        "0351-1120000",
        "13800000000a",
    ],
)
def test_what_is_no_number(written):
    with pytest.raises(BadPhone) as refused:
        read_phone(written)
    assert "手机号" in str(refused.value.why)


def test_a_number_damaged_by_a_spreadsheet():
    with pytest.raises(BadPhone) as refused:
        read_phone("1.38E+10")
    assert "丢位" in str(refused.value.why)
