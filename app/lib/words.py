"""Words for the screen, made below the web and translated in it.

Nothing below `app.web` knows which language the reader has. So the lower floors
hand up the Chinese source text, marked for extraction by `N_` or `say`, and the
web floor translates it where it is shown (filter `t` in templates).
"""

from dataclasses import dataclass
from typing import Any


def N_(text: str) -> str:
    """Mark a constant Chinese text for translation and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence with its values kept apart, so that it can be said in any language."""

    text: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return self.text % dict(self.values) if self.values else self.text

    def as_json(self) -> dict[str, Any]:
        """The stored form; `Say.from_json` reads it back."""
        values = {name: _stored(value) for name, value in self.values}
        return {"text": self.text, "values": values}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Say":
        values = {name: _read(value) for name, value in stored["values"].items()}
        return cls(stored["text"], tuple(values.items()))


def _stored(value: Any) -> Any:
    """A sentence may stand inside another one."""
    return value.as_json() if isinstance(value, Say) else value


def _read(value: Any) -> Any:
    return Say.from_json(value) if isinstance(value, dict) else value


def say(text: str, **values: Any) -> Say:
    """A sentence for the reader; `text` is the Chinese source with `%(name)s` places."""
    return Say(text, tuple(values.items()))
