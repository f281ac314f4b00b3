"""How often elders are visited in each situation, in words."""

from app.domain.regime import SITUATIONS
from app.lib import clock
from app.reports.visit_rules import how_often


def test_every_situation_has_its_words_for_every_group(cast):
    often = how_often(cast.home, clock.today())
    assert list(often) == ["ordinary", *SITUATIONS]
    assert [str(words) for _group, words in often["heat"]] == [
        "每天 2 次", "每天 1 次", "每 3 天 1 次"
    ]  # fmt: skip
    assert all(len(groups) == 3 for groups in often.values())
