"""`GET /pack?since=`: what of her pages has changed on a phone since an answer it had.

The answer comes in parts. The first is small and is enough to work with; each is a whole
state of the phone, remembered by digests (app/domain/packs.py), so that an answer that
was lost on its way is made good by the next. Who is no worker, or no more, has nothing.
"""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.packs import Pack, keep_pack, pack_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.policy.permissions import may
from app.reports.packed import state_of
from app.web.edge import keep_anyway
from app.web.guard import allows
from app.web.pack import pack
from app.web.pack.contents import contents, digest
from app.web.person import me

# Compressed bytes of the first answer to a phone that has nothing.
FIRST = 24_000

Rows = Iterator[tuple[str, Any]]


@pack.get("/pack")
@allows(P.OWN_ACCOUNT)
def changes() -> ResponseReturnValue:
    told = json.dumps(_told(clock.now()), ensure_ascii=False, separators=(",", ":"))
    return current_app.response_class(told, mimetype="application/json")


def _told(now: datetime) -> dict[str, Any]:
    before = pack_of(current_user.session.id, request.args.get("since", ""))
    version = _version(now)
    told = {"user": me().id, "at": clock.local(now).isoformat(), "gone": [], "more": False}
    if before is not None and before.whole and before.version == version:
        return told | {"cursor": str(before.id), "rows": [], "full": False}
    return told | _changed(before, version, now)


def _version(now: datetime) -> str:
    """What the pages are made of: her rows, her settings, the program."""
    user = me()
    program = current_app.config["VERSION"]
    return "-".join((state_of(user, now), user.role, user.language, user.type_size, program))


def _changed(before: Pack | None, version: str, now: datetime) -> dict[str, Any]:
    """The rows that the phone has not, or has otherwise; noted as what it has now."""
    session_id, had = current_user.session.id, before.has if before else {}
    hers = contents(now) if may(me().role, P.SEE_TODAY) else iter(())
    rows, whole = (list(hers), True) if had else _first(hers)
    has = {path: digest(row) for path, row in rows}
    changed = [(path, row) for path, row in rows if had.get(path) != has[path]]
    keep_anyway()
    known = {"version": version, "whole": whole, "since": before.id if before else None}
    return {
        "cursor": str(keep_pack(has, session_id=session_id, at=now, **known)),
        "rows": changed,
        "gone": [path for path in had if path not in has],
        "more": not whole,
        "full": before is None,
    }


def _first(rows: Rows) -> tuple[list[tuple[str, Any]], bool]:
    """As many rows, from the first on, as fit into the first answer; whether that is all."""
    squeeze, size, fit = zlib.compressobj(6), 0, []
    for row in rows:
        size += len(squeeze.compress(json.dumps(row, ensure_ascii=False).encode()))
        size += len(squeeze.flush(zlib.Z_SYNC_FLUSH))
        if size > FIRST:
            return fit, False
        fit.append(row)
    return fit, True
