"""Traditional characters as simplified ones (OpenCC), sign by sign: 劉 is 刘, 電話 is 电话.

Only for comparing. What somebody wrote is kept as it was written.
"""

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    return text if text.isascii() else "".join(map(_sign, text))


@cache
def _sign(sign: str) -> str:
    """A sign that becomes several stays what it is."""
    if sign < "\u3400":
        return sign
    found = _converter().convert(sign)
    return found if len(found) == 1 else sign


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
