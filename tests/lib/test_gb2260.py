import pytest

from app.lib import gb2260

TAIYUAN = {
    "140105": "小店区",
    "140106": "迎泽区",
    "140107": "杏花岭区",
    "140108": "尖草坪区",
    "140109": "万柏林区",
    "140110": "晋源区",
    "140121": "清徐县",
    "140122": "阳曲县",
    "140123": "娄烦县",
    "140181": "古交市",
}


def test_taiyuan_is_whole():
    assert {code: gb2260.name_of(code) for code in TAIYUAN} == {
        code: "山西省太原市" + name for code, name in TAIYUAN.items()
    }


@pytest.mark.parametrize(
    "code, name",
    [
        ("140000", "山西省"),
        ("140100", "山西省太原市"),
        ("141102", "山西省吕梁市离石区"),
        ("110105", "北京市朝阳区"),
        ("419001", "河南省济源市"),
        ("500112", "重庆市渝北区"),
        ("810000", "香港特别行政区"),
        ("710000", "台湾省"),
    ],
)
def test_full_names(code, name):
    assert gb2260.name_of(code) == name


def test_a_retired_code_has_a_name_but_is_not_offered():
    assert gb2260.name_of("140102") == "山西省太原市南城区"
    assert "140102" not in dict(gb2260.search("南城区", 50))


def test_unknown_codes():
    assert gb2260.name_of("149999") is None
    assert not gb2260.known("14010")
    assert not gb2260.known("")


@pytest.mark.parametrize(
    "typed, first",
    [
        ("离石", "141102"),
        ("离石区", "141102"),
        ("吕梁市离石区", "141102"),
        ("吕梁离石", "141102"),
        ("ls", "141102"),
        ("lishi", "141102"),
        ("140106", "140106"),
        ("changzhi", "140400"),
        ("hongtong", "141024"),
        ("太原", "140100"),
    ],
)
def test_search_finds_what_is_meant(typed, first):
    assert first in [code for code, _name in gb2260.search(typed, 10)]


def test_an_exact_name_comes_first():
    assert gb2260.search("晋中", 3)[0] == ("140700", "山西省晋中市")


def test_search_keeps_to_its_limit_and_to_something_typed():
    assert len(gb2260.search("1", 7)) == 7
    assert gb2260.search("  ") == []
    assert gb2260.search("没有这个地方") == []
