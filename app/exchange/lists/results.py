"""What a list says of a test: negative, positive, sampled, or that somebody was not there."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

NEGATIVE = re.compile(r"[(]?阴性?[)]?|-|NEGATIVE|NEG|未检出|正常")
POSITIVE = re.compile(r"[(]?阳性?[)]?|\+|POSITIVE|POS|检出|异常|初筛阳性|可疑")
MISSED = re.compile(
    r"(未|没)(有)?(检|采|做|参加|参检|采样|检测|到).*|否|N|NO|×|X|0|漏(检|采)|缺检|应检未检"
)
SAMPLED = re.compile(
    r"是|已(检|采|做|参加|完成|采样|检测).*|√|✓|Y|YES|1|待(出)?结果|未出结果|结果未出"
)


def outcome_of(told: Mapping[str, Any]) -> str:
    """A key of the test's outcomes; nothing where no word says it."""
    for name in ("result", "took_part"):
        written = unicodedata.normalize("NFKC", told.get(name, "")).strip().upper()
        for outcome, pattern in (
            ("positive", POSITIVE),
            ("negative", NEGATIVE),
            ("sampled", SAMPLED),
            ("missed", MISSED),
        ):
            if pattern.fullmatch(written):
                return outcome
    return ""
