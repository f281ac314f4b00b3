"""Lists leave the house: masked at once, whole only as domain/exports allows, all on the record.

Whole names and numbers are written when somebody fetches them, from what is known then,
into a file that is locked with a password nobody can look up again.
"""

from datetime import datetime

from app.domain import audit, exports
from app.domain.exports import Export
from app.domain.scope import Scope
from app.exchange.locking import locked, new_password
from app.exchange.marking import Mark
from app.exchange.outgoing import Outgoing, What, outgoing
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import say


def take_masked(road: str, what: What, scope: Scope, *, at: datetime) -> tuple[str, bytes]:
    """A masked file for who asks: its name without ending, and its bytes."""
    leaving = outgoing(road, what, scope, full=False)
    mark = _note(leaving, f"{leaving.rows} 条 {what.get('query', '')}", scope, at=at)
    content = leaving.write(mark)
    leaving.taken(at)
    return leaving.name, content


def ask(road: str, what: What, scope: Scope, *, reason: str, at: datetime) -> Export:
    """Ask for whole names and numbers; Refused without a reason, and for nobody at all."""
    leaving = outgoing(road, what, scope, full=True)
    if not leaving.rows:
        raise Refused(say("现在一条也没有，不用导出。"))
    community, people = scope.community, leaving.people
    return exports.ask(
        road, dict(what), community, people, reason=reason, by=scope.user, at=at
    )  # fmt: skip


def make(export: Export, scope: Scope, *, at: datetime) -> str:
    """Write the file that was allowed, sealed for its hours; the password, this once."""
    export.refuse_unless_allowed(at)
    leaving = outgoing(export.road, export.what, scope, full=True)
    mark = _note(leaving, f"{export.reason} {leaving.people} 人", scope, at=at)
    password = new_password()
    export.keep(locked(leaving.write(mark), password), leaving.people, at=at)
    leaving.taken(at)
    return password


def _note(leaving: Outgoing, reason: str, scope: Scope, *, at: datetime) -> Mark:
    """Who takes how many rows of what; whom they are about is not written down."""
    entry = audit.note(
        "exported", by=scope.user, at=at, target=leaving.target, reason=reason.strip()
    )
    session.flush()
    return Mark.of(scope.user, entry.id, at=at)
