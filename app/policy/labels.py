"""Colours and ways of transfer. Three colour systems that never share a type.

The health code (绿黄红) is the province's word on a person, the arrival label
(红黄蓝绿标) the city's word on a journey; the class of an elder is no colour at all.
"""

from enum import StrEnum

from app.lib.words import N_


class HealthCode(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class ArrivalLabel(StrEnum):
    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"


HEALTH_CODES = {
    HealthCode.GREEN: N_("绿码"),
    HealthCode.YELLOW: N_("黄码"),
    HealthCode.RED: N_("红码"),
}

ARRIVAL_LABELS = {
    ArrivalLabel.RED: N_("红标"),
    ArrivalLabel.YELLOW: N_("黄标"),
    ArrivalLabel.BLUE: N_("蓝标"),
    ArrivalLabel.GREEN: N_("绿标"),
}

TRANSFERS = {
    "point_to_point": N_("点对点接送"),
    "community": N_("社区接回"),
    "own": N_("自行返回"),
}
