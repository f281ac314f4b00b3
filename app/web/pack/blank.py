"""Pages with nobody in them: they open also while the phone is locked.

Whoever finds the phone may read them, so nothing of anybody may be there; what is written
on them is sealed for the one who was last signed in (js/keep.js).
"""

from collections.abc import Iterable

from flask import url_for

from app.intake.kind import Kind
from app.web.pack.forms import SaidForm, form_alone, form_mould, is_about_a_shape
from app.web.pack.pages import Pages, Row
from app.web.person import me
from app.web.records.menu import offered_to

# Marks a row that the phone keeps apart, unsealed.
OPEN = "!"


def blank_pages(pages: Pages) -> Iterable[tuple[str, Row]]:
    """＋登记, its forms, what waits on the phone, and in her language why there is no page."""
    kinds = [kind for kind in offered_to(me().role) if is_about_a_shape(kind)]
    menu, queue = url_for("records.menu"), url_for("worker.outbox")
    yield OPEN + menu, pages.fixed("records/menu.html", kinds=kinds, locked=True)
    yield OPEN + queue, pages.fixed("worker/outbox.html", back=menu, locked=True)
    yield OPEN + url_for("pwa.offline"), [pages.keep("offline", pages.render("pwa/offline.html"))]
    for kind in kinds:
        shown = form_alone(kind) | {"to_whom": _to_whom(kind), "locked": True}
        url = OPEN + url_for("records.form", kind=kind.key)
        yield url, [form_mould(pages, shown)]


def _to_whom(kind: Kind) -> SaidForm | None:
    return SaidForm() if kind.about in ("resident", "case") else None
