"""Pages for the phone: rendered by their own templates, in parts.

All pages of a worker are the same but for a few parts. What stands around the parts goes
to the phone once, as moulds; of a page only its parts are sent.
"""

import hashlib
import json
import re
from typing import Any

from flask import current_app, render_template

from app.web.pack import marks
from app.web.worker.phone_key import phone_marks

PARTS = ("title", "css", "head", "back", "heading", "sub", "status", "content", "scripts")
# Between the parts of a page, in templates/pack/parts.html.
CUT = "\ue002"
# Around what a layout has of its own, in templates/layouts/worker.html.
SEAM = "\ue003"
# The id of an entry is made on the phone; one that lies in a page would be used twice.
ENTRY_ID = re.compile(r'(name="id(?:-\d+)?" value=")[0-9a-f-]{36}"')
LONG = 300  # characters that are worth a mould of their own

Row = list[Any]  # the mould's name, then what belongs into its places


class Pages:
    """Renders rows for one phone, and collects the moulds that they need, by name."""

    def __init__(self) -> None:
        self.moulds: dict[str, Any] = {}
        self._layouts: dict[tuple, str] = {}

    def row(self, template: str, **context: Any) -> Row:
        """A whole page as a row."""
        layout, parts = self.parts(template, **context)
        return [layout, *(ENTRY_ID.sub(r'\1"', part) for part in parts)]

    def fixed(self, template: str, **context: Any) -> Row:
        """A page with nothing of anybody in it, as a row without values."""
        layout, parts = self.parts(template, **context)
        shared = [self.piece("page", part) if len(part) > LONG else part for part in parts]
        return [self.mould("page", layout, shared)]

    def parts(
        self, template: str, *, locked: bool = False, **context: Any
    ) -> tuple[str, list[str]]:
        """The name of a page's layout, and its parts."""
        html = self.render(template, layout="pack/parts.html", cut=CUT, locked=locked, **context)
        *parts, tab, bare = html.split(CUT)
        back, sub = (bool(parts[PARTS.index(name)]) for name in ("back", "sub"))
        return self._layout("" if bare else tab, bool(bare), back, sub, locked), parts

    def mould(self, name: str, layout: str, parts: list[str]) -> str:
        """A page made of stand-ins, as a mould; its name on the phone."""
        return self.keep(name, [layout, *map(marks.with_places, parts)])

    def piece(self, name: str, html: str) -> str:
        """The place of a piece that several moulds share, and that is sent once."""
        return marks.place_of_mould(self.keep(name, marks.with_places(html)))

    def keep(self, name: str, mould: Any) -> str:
        """Note a mould. Its name tells what is in it, so that a new one is another one."""
        text = json.dumps(mould, ensure_ascii=False)
        known = f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:6]}"
        self.moulds[known] = mould
        return known

    def render(self, template: str, **context: Any) -> str:
        """What is shown on the phone without a network; what waits to be said is not said."""
        marked = phone_marks() | {"data-at": marks.AT}
        around = {"on_the_phone": True, "said": list, "phone_marks": lambda: marked}
        return render_template(template, **around, **context)

    def _layout(self, *key: Any) -> str:
        """The layout of a tab; with tabs or bare, a way back, a second line, the lock or not."""
        if key not in self._layouts:
            self._layouts[key] = self._make_layout(*key)
        return self._layouts[key]

    def _make_layout(self, tab: str, bare: bool, back: bool, sub: bool, locked: bool) -> str:
        places = {part: marks.mark(place) for place, part in enumerate(PARTS)}
        places |= {"back": places["back"] if back else "", "sub": places["sub"] if sub else ""}
        html = self.render("pack/row.html", tab=tab, bare=bare, locked=locked, seam=SEAM, **places)
        own = marks.with_places(html).split(SEAM)
        places = [f"⟦{len(PARTS) + n}⟧" for n in range(len(own) // 2)]
        frame = own[0] + "".join(a + b for a, b in zip(places, own[2::2], strict=True))
        given = [f"⟦{n}⟧" for n in range(len(PARTS))]
        return self.keep("layout", [self.keep("frame", frame), *given, *own[1::2]])


def replaced(parts: list[str], places: dict[str, str]) -> list[str]:
    """The parts of a page with marks in the place of whole pieces."""
    for piece, mark in places.items():
        parts = [part.replace(piece, mark) for part in parts]
    return parts


def part(template: str, macro: str, *args: Any) -> str:
    """What one macro of templates/parts makes."""
    module = current_app.jinja_env.get_template(f"parts/{template}.html").module
    return str(getattr(module, macro)(*args)).strip()
