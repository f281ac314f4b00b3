"""The whole of an entry as text: to know a resend by, and to keep what was not accepted."""

import hashlib
import json
from typing import Any

from app.domain.receipts import Receipt
from app.intake.accept import Entry


def fingerprint(entry: Entry) -> str:
    """What makes two bodies the same: kind, subject, fields, photos; not when or how they came."""
    return hashlib.sha256(_text(_whole(entry)).encode()).hexdigest()


def packed(entry: Entry) -> str:
    """The entry as a receipt keeps it."""
    return _text(_whole(entry) | {"via": entry.via})


def unpacked(receipt: Receipt) -> Entry:
    """The entry that a receipt keeps."""
    whole = json.loads(receipt.body)
    return Entry(
        id=receipt.entry_id,
        kind=whole["kind"],
        recorded_at=receipt.recorded_at,
        subject=whole["subject"],
        fields=whole["fields"],
        via=whole["via"],
        photos=tuple(whole.get("photos", ())),
    )


def _whole(entry: Entry) -> dict[str, Any]:
    fields = entry.fields
    typed = (
        {name: fields.getlist(name) for name in fields} if hasattr(fields, "getlist") else fields
    )
    whole = {"kind": entry.kind, "subject": dict(entry.subject), "fields": dict(typed)}
    return whole | ({"photos": list(entry.photos)} if entry.photos else {})


def _text(whole: dict[str, Any]) -> str:
    """Pure ASCII, so that no half character can break it."""
    return json.dumps(whole, sort_keys=True, default=str)
