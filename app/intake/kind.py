"""What every record kind says of itself. One file of `app.intake` holds one kind.

A kind is a WTForms form (fields, words, checks in the worker's words) and a
`keep` that calls one domain verb. Page, phone and file all fill the same form,
so a rule is checked once.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from wtforms import Form

from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.recording import Deed
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.words import Say
from app.policy.permissions import Permission


@dataclass(frozen=True, slots=True)
class Subject:
    """About whom or where, loaded through the person who records."""

    community: Area
    grid: Area | None = None
    resident: Resident | None = None
    household: Household | None = None
    case: Case | None = None
    task: Task | None = None
    incident: Incident | None = None
    record: Record | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry on its way in: who tells it, when it was written, when it reached us."""

    id: UUID
    by: User
    at: datetime
    received_at: datetime
    subject: Subject
    via: str = "page"
    supersedes: Record | None = None
    # A director has decided: what would be held for her is kept.
    decided: bool = False
    # The kind of the record that this entry takes back.
    takes_back: "Kind | None" = None
    # The hashes of its photos, whether they have arrived or not.
    photos: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The local day it tells of, unless its form names another time."""
        return clock.local_day(self.at)

    def deed(self, kind: str, outcome: str, fields: dict[str, Any], **changed: Any) -> Deed:
        """The deed this entry tells of; `changed` replaces what differs (`at`, `case` …)."""
        subject = self.subject
        told = {
            "id": self.id,
            "kind": kind,
            "at": self.at,
            "outcome": outcome,
            "fields": fields,
            "resident": subject.resident,
            "household": subject.household,
            "case": subject.case,
            "incident_id": subject.incident.id if subject.incident else None,
            "grid_id": subject.grid.id if subject.grid else None,
            "community": subject.community,
            "supersedes": self.supersedes,
            "via": self.via,
        }
        return Deed(**(told | changed))


@dataclass(frozen=True, slots=True)
class Kind:
    """A record kind: its words, form, who may, about what, and how it is kept."""

    key: str
    words: str
    icon: str
    form: type[Form]
    keep: Callable[[Form, Telling], Record]
    about: str  # "resident" | "case" | "task" | "record" | "incident" | "place"
    # The case it belongs to, the first kind of which one is open; `opens` names the one it begins.
    case_kinds: tuple[str, ...] = ()
    opens: str | None = None
    permission: Permission = Permission.RECORD
    # What the form can only know of its subject and day (choices, defaults); Refused where
    # the rules in force have no such record.
    prepare: Callable[[Form, Subject, date], None] | None = None
    # Fields of the one-tap answer "nothing is wrong", and the button's words.
    one_tap: Mapping[str, str] = field(default_factory=dict)
    one_tap_words: str = ""
    # Offered under ＋登记; the others are reached from a case, a task or a record.
    offered: bool = True
    # May be told of any grid of the community, because an emergency does not wait.
    any_grid: bool = False
    # May be corrected by a record of the same kind; may be taken back.
    correctable: bool = True
    undoable: bool = True
    # The task it is about is as open after it as before.
    leaves_task: bool = False
    # What a withdrawal undoes beside the record itself.
    undo: Callable[[Record, Telling], None] | None = None
    # A picture may say more than words: offered, never asked for; not where it would be a proof,
    # or a copy of somebody's papers.
    photos: bool = True
    # Somebody who tells it twice on one day hears so: of any outcome, or only of the same.
    once_a_day: str = ""  # "" | "kind" | "outcome"
    # What the author should know after it was kept.
    notice: Callable[[Record, Telling], Say | None] | None = None
    # How an older form of the kind is read now: ``{"old_field": "new_field",
    # "field=old_answer": "field=new_answer"}``, in the order in which they are applied.
    formerly: Mapping[str, str] = field(default_factory=dict)

    @property
    def form_print(self) -> str:
        """What tells its form from an older one: its fields and their choices, not their words."""
        return _print_of(self.form)

    def read(self, fields: Any) -> "Fields":
        """What was filled in, on today's form or an older one."""
        told = Fields.of(fields)
        for before, now in self.formerly.items():
            told.take_over(before, now)
        return told


@cache
def _print_of(form: type[Form]) -> str:
    asked = {field.short_name: _choices_of(field) for field in form()}
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]


def _choices_of(field: Any) -> list[str]:
    return sorted(str(value) for value, *_words in getattr(field, "choices", None) or ())


class Fields:
    """Plain fields (JSON from a phone, a row of a file) in the shape WTForms reads."""

    def __init__(self, fields: Mapping[str, Any]):
        self._lists = {str(name): _as_list(value) for name, value in fields.items()}

    @classmethod
    def of(cls, fields: Any) -> "Fields":
        """The same of anything that has been filled in: a posted form, too."""
        if hasattr(fields, "getlist"):
            return cls({name: fields.getlist(name) for name in fields})
        return cls(fields)

    def __iter__(self):
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def __contains__(self, name: str) -> bool:
        return name in self._lists

    def getlist(self, name: str) -> list[str]:
        return self._lists.get(name, [])

    def take_over(self, before: str, now: str) -> None:
        """Read a field under its new name, or one answer as another; see `Kind.formerly`."""
        (name, _, answer), (new_name, _, new_answer) = before.partition("="), now.partition("=")
        if answer:
            given = self.getlist(name)
            self._lists[name] = [new_answer if one == answer else one for one in given]
        elif name in self._lists:
            self._lists.setdefault(new_name, self._lists.pop(name))


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    many = isinstance(value, Iterable) and not isinstance(value, str | Mapping)
    return [clean(one) for one in value] if many else [clean(value)]


def clean(value: Any) -> str:
    """The text without NUL and half characters, which no database keeps; yes and no as y and n."""
    if isinstance(value, bool):
        return "y" if value else "n"
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
