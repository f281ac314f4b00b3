"""What a parcel says: how much there is and of what sort, in its reader's language.

It may lie on a lock screen or stand in a group of hundreds. So only the sentences of the
registry go out, with numbers in them.
"""

import gettext
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from app.domain.messages import Message
from app.lib.words import N_
from app.notify.registry import KINDS

CATALOGUES = Path(__file__).parents[1] / "translations"
OPEN = N_("请打开守望查看。")
SEVERAL = N_("%(n)s 条消息")
MORE = N_("还有 %(n)s 条别的消息")
# So many sorts are named one by one.
NAMED = 3


def title_of(messages: Sequence[Message], language: str) -> str:
    """新任务, 12 条新任务, or 14 条消息 where they are of several sorts."""
    kinds = _kinds(messages)
    if len(kinds) > 1:
        return said(SEVERAL, language) % {"n": sum(n for _kind, n in kinds)}
    return line_of(*kinds[0], language)


def body_of(messages: Sequence[Message], language: str) -> str:
    """What is among them, the most frequent first, and what to do."""
    kinds = _kinds(messages)
    if len(kinds) == 1:
        return said(OPEN, language)
    lines = [line_of(kind, n, language) for kind, n in kinds[:NAMED]]
    if left := sum(n for _kind, n in kinds[NAMED:]):
        lines.append(said(MORE, language) % {"n": left})
    return "\n".join(lines)


def line_of(kind: str, n: int, language: str) -> str:
    """One sort of message, with its number."""
    line = KINDS[kind]
    return said(line.one, language) if n == 1 else said(line.many, language) % {"n": n}


def _kinds(messages: Sequence[Message]) -> list[tuple[str, int]]:
    count = Counter()
    for message in messages:
        count[message.kind] += message.n
    return count.most_common()


def said(text: str, language: str) -> str:
    return _catalogue(language).gettext(text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of a language; Chinese is the source and needs none."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)
