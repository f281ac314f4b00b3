"""Finds the words of the rules for translation; pybabel calls it (see pyproject.toml)."""

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

SPOKEN = frozenset({"words", "meaning", "measure", "appeal"})


def words_of_rules(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Every value of a spoken key; the signature is the one Babel asks for."""
    for text in _spoken(tomllib.load(file)):
        yield 1, None, text, []


def _spoken(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SPOKEN and isinstance(value, str):
                yield value
            else:
                yield from _spoken(value)
    elif isinstance(node, list):
        for item in node:
            yield from _spoken(item)
