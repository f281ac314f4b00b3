"""One box for names, pinyin, doors and phones; below it the buildings.

What is typed names somebody, so it is posted and never stands in an address.
With `kind` the page picks whom a record is about.
"""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.residents import Resident
from app.intake import KINDS
from app.intake.kind import Kind
from app.intake.subject import SAID
from app.lib.ids import read_id
from app.policy.permissions import Permission as P
from app.reports.badges import badges_of
from app.reports.doors import buildings_of
from app.reports.search import people_under
from app.reports.search import search as find
from app.sync.held import entry_of, unsettled_entry
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my
from app.web.residents import residents

# An entry of hers that came back, and as it lies on her phone (records/form.py).
MENDS = ("entry", "outbox")


@residents.get("/residents")
@allows(P.SEE_RESIDENTS)
def search() -> ResponseReturnValue:
    kind = KINDS.get(request.args.get("kind", ""))
    if same := unchanged(request.args.get("kind"), *mends().values(), *my().grid_ids):
        return same
    under = kind is not None and kind.about == "case"
    people = people_under(my(), kind.case_kinds) if under else []
    return show(kind, "", people)


@residents.post("/residents")
@allows(P.SEE_RESIDENTS)
def found() -> ResponseReturnValue:
    typed = request.form.get("find", "").strip()[:60]
    people, more = find(my(), typed)
    return show(KINDS.get(request.form.get("kind", "")), typed, people, more=more)


def show(
    kind: Kind | None, typed: str, people: list[Resident], *, more: bool = False
) -> ResponseReturnValue:
    buildings = () if kind or typed or people else buildings_of(my())
    badges = badges_of(person.id for person in people)
    known = found_shown(kind, typed, people, badges=badges, more=more, buildings=buildings)
    known |= {"mends": mends(), "named": named_in(mends().get("entry"))}
    return page("residents/search.html", block="found", **known)


def found_shown(kind: Kind | None, typed: str, people: Sequence[Resident], **known: Any) -> dict:
    """What was typed and who was found. `known`: badges by resident, whether there are more."""
    nothing = {"more": False, "buildings": (), "mends": {}, "named": ""}
    return {"kind": kind, "typed": typed, "people": people} | nothing | known


def mends() -> dict[str, str]:
    """The entry that named nobody and for which she is chosen now, as it came along."""
    return {name: request.values[name] for name in MENDS if request.values.get(name)}


def named_in(wanted: str | None) -> str:
    """In which words her own entry said of whom it tells."""
    entry_id = read_id(wanted) if wanted else None
    found = unsettled_entry(entry_id, me()) if entry_id else None
    return str(entry_of(found).subject.get(SAID, "")) if found else ""
