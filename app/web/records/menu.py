"""＋登记: what may be recorded, as big doors."""

from flask import g
from flask.typing import ResponseReturnValue

from app.intake import KINDS
from app.intake.filling import form_for
from app.intake.kind import Kind, Subject
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.policy.permissions import may
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me, my
from app.web.records import records


@records.get("/record")
@allows(P.RECORD)
def menu() -> ResponseReturnValue:
    return page("records/menu.html", kinds=offered_to(me().role))


def offered_to(role: str) -> list[Kind]:
    """The kinds a role is offered that the rules in force have, in the order of the registry."""
    kinds = [kind for kind in KINDS.values() if kind.offered and may(role, kind.permission)]
    return [kind for kind in kinds if is_in_force(kind)]


def is_in_force(kind: Kind) -> bool:
    """Whether the rules have this kind here today; asked once in a request."""
    known = g.setdefault("kinds_in_force", {})
    if kind.key not in known:
        known[kind.key] = _has_a_form(kind)
    return known[kind.key]


def _has_a_form(kind: Kind) -> bool:
    if kind.about == "case":  # a case that was opened is carried to its end
        return True
    try:
        form_for(kind, Subject(community=my().community, scope=my()), clock.today())
    except Refused:
        return False
    return True
