"""What a form was opened for: its kind and, from the address, whom or what it is about.

The address of a form names a task, a case, a resident …, a record to correct
(`supersedes`), an entry of hers that came back (`entry`), or the record that added
somebody (`of`), who may have no number yet on a phone without network.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import abort, request

from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake import KINDS
from app.intake.accept import kind_for
from app.intake.kind import Kind, Subject
from app.intake.lookup import NOT_FOUND
from app.intake.subject import SAID, find_subject
from app.lib import clock
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.sync.held import entry_of, unsettled_entry
from app.sync.inbox import MENDABLE
from app.web.person import me, my
from app.web.records.form_key import form_key

IDS = ("task", "case", "incident", "resident", "household")


@dataclass(frozen=True)
class Asked:
    """One form as it was asked for: `corrects` a record, or `mends` an entry that came back."""

    kind: Kind
    ids: dict[str, Any]
    corrects: Record | None = None
    mends: Receipt | None = None

    @property
    def path(self) -> str:
        return request.full_path.rstrip("?")

    @property
    def key(self) -> str:
        return form_key(self.path)

    @property
    def day(self) -> date:
        """The local day it tells of; a correction that of the record it corrects."""
        return self.corrects.day if self.corrects else clock.today()

    @property
    def lacks_somebody(self) -> bool:
        """Nobody was named yet, or only in words: she is chosen first."""
        return self.kind.about in ("resident", "case") and not self.ids.keys() - {SAID}

    @property
    def subject(self) -> Subject | None:
        """Whom or what it is about; None where that is not hers, or not there any more."""
        return self._found if isinstance(self._found, Subject) else None

    @cached_property
    def in_sight(self) -> Subject | None:
        """The subject, if it is hers to see: an incident may be told of any grid's door."""
        subject = self.subject
        if subject is None or not self.kind.any_grid:
            return subject
        rows = ((subject.resident, my().residents), (subject.household, my().households))
        hidden = [row for row, hers in rows if row is not None and not my().find(hers, row.id)]
        return None if hidden else subject

    @property
    def who(self) -> str:
        known = self.in_sight is not None and self.in_sight.resident is not None
        return self.in_sight.resident.masked_name if known else ""

    def insist(self) -> None:
        """404 for what is out of her sight; Refused where the rules have no such record.

        What she wrote herself and must mend is hers to see, whoever it is about.
        """
        if self.mends is not None:
            return
        if isinstance(self._found, Held) or _is_not_found(self._found):
            abort(404)
        if isinstance(self._found, Refused):
            raise self._found

    @cached_property
    def _found(self) -> Subject | Refused | Held:
        try:
            return find_subject(self.kind, self.ids, by=me(), of=self.corrects)
        except (Refused, Held) as why:
            return why


def asked_for(key: str) -> Asked:
    """Read the address; 404 for an unknown kind or a record out of sight, 403 for one not hers."""
    if key not in KINDS:
        abort(404)
    try:
        kind = kind_for(key, me())
    except Refused:
        abort(403)
    if wanted := request.args.get("entry"):
        came_back = _came_back(wanted, key)
        return Asked(kind, _chosen() or dict(entry_of(came_back).subject), mends=came_back)
    if wanted := request.args.get("supersedes"):
        old = _corrected(wanted, key)
        return Asked(kind, ids_of(old), corrects=old)
    ids = {f"{name}_id": request.args[name] for name in IDS if request.args.get(name)}
    if wanted := request.args.get("of"):
        ids["of"] = wanted
    return Asked(kind, ids)


def _chosen() -> dict[str, Any]:
    """Who was chosen now for an entry that named nobody."""
    chosen = request.args.get("resident")
    return {"resident_id": chosen} if chosen else {}


def ids_of(record: Record) -> dict[str, Any]:
    """The subject of a correction is that of the record it corrects."""
    known = {
        "case_id": record.case_id,
        "resident_id": record.resident_id,
        "household_id": record.household_id,
        "incident_id": record.incident_id,
        "supersedes": record.id,
    }
    return {name: str(value) for name, value in known.items() if value}


def _corrected(wanted: str, key: str) -> Record:
    record_id = read_id(wanted)
    found = my().find(my().records, record_id) if record_id else None
    return found if found is not None and found.kind == key else abort(404)


def _came_back(wanted: str, key: str) -> Receipt:
    entry_id = read_id(wanted)
    found = unsettled_entry(entry_id, me()) if entry_id else None
    known = found is not None and found.kind == key and found.state in MENDABLE
    return found if known else abort(404)


def _is_not_found(found: Any) -> bool:
    return isinstance(found, Refused) and found.why.text in NOT_FOUND.values()
