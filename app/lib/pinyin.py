"""Names as they are typed on a phone keyboard: full pinyin and initials (pypinyin)."""

from pypinyin import Style, lazy_pinyin, load_phrases_dict

# Places of Shanxi that pypinyin misreads; people type them as they say them.
load_phrases_dict(
    {"长治": [["cháng"], ["zhì"]], "洪洞": [["hóng"], ["tóng"]], "繁峙": [["fán"], ["shì"]]}
)


def full(name: str) -> str:
    """``王建国`` → ``wangjianguo``."""
    return "".join(lazy_pinyin(name)).lower()


def initials(name: str) -> str:
    """``王建国`` → ``wjg``."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
