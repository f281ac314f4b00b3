"""What a list says of a test: negative, positive, sampled, or that somebody was not there."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

NEGATIVE = re.compile(r"(新冠|核酸|均)?阴性?-?|-|NEGATIVE|NEG|N-|未检出|正常")
POSITIVE = re.compile(r"(新冠|核酸)?阳性?\+?|\+|POSITIVE|POS|检出|异常|初筛阳性|可疑")
MISSED = re.compile(
    r"未|(未|没)(有)?(检|采|做|参加|参检|采样|检测|到).*|否|N|NO|×|X|0|漏(检|采)|缺检|应检未检"
)
SAMPLED = re.compile(
    r"是|已(检|采|做|参加|完成|采样|检测).*|[√✓✔☑]|Y|YES|1|检测中|待(出)?结果|未出结果|结果未出"
)


OUTCOMES = (
    ("positive", POSITIVE),
    ("negative", NEGATIVE),
    ("sampled", SAMPLED),
    ("missed", MISSED),
)


# 第三轮应检未检人员 says it of everybody; 已检未检统计表 of nobody.
ALL_MISSED = re.compile(r"(未|漏)(参加|检|采|做|测)")
SOME_DID = re.compile(r"已(参加|检|采|做|测)")


def outcome_of(told: Mapping[str, Any]) -> str:
    """A key of the test's outcomes; nothing where no word says it."""
    cells = [told.get(name, "") for name in ("result", "took_part")]
    found = next(filter(None, map(said, cells)), "")
    title = told.get("about", "")
    if found or any(cells) or SOME_DID.search(title):
        return found
    return "missed" if ALL_MISSED.search(title) else ""


def said(cell: str) -> str:
    """The outcome that a cell tells."""
    written = re.sub(r"[\s()\[\]【】〔〕]", "", unicodedata.normalize("NFKC", cell)).upper()
    written = re.sub("[‐‑–—−﹣]", "-", written)
    return next((outcome for outcome, pattern in OUTCOMES if pattern.fullmatch(written)), "")


def of_rounds(cells: Sequence[str]) -> str:
    """What the columns of several rounds say in all: a round that was missed counts, else the last.

    An empty cell among filled ones is a round nobody knows anything of.
    """
    filled = [cell for cell in cells if cell]
    missed = (cell for cell in filled if said(cell) == "missed")
    positive = (cell for cell in filled if said(cell) == "positive")
    return next(positive, "") or next(missed, "") or (filled[-1] if filled else "")
