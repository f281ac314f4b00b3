"""A phone with an outbox, as small as can be: what it may do is what js/outbox.js does.

It keeps what was written until the server has said `kept` or `already`. It sends
only what the person wrote who is signed in, in the order in which it was written.
A message may get lost on the way, on the way back, or arrive days later.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from app.lib import clock
from app.lib.ids import new_id

FORGETS = ("kept", "already")


@dataclass
class Written:
    """One entry as it lies on the phone; `versions` are its bodies, the last one counts."""

    owner: int
    kind: str
    subject: dict[str, Any]
    fields: dict[str, Any]
    shown: datetime
    after: datetime | None
    form: str
    written_at: datetime
    id: str = field(default_factory=lambda: str(new_id()))
    state: str = "waiting"
    forgotten: bool = False

    def body(self) -> dict[str, Any]:
        told = {
            "id": self.id,
            "kind": self.kind,
            "recorded_at": self.shown.isoformat(),
            "subject": self.subject,
            "fields": self.fields,
            "form": self.form,
        }
        return told | ({"after": self.after.isoformat()} if self.after else {})


@dataclass
class Message:
    """What was put on the way, with the cookie of whoever was signed in then."""

    client: FlaskClient
    whole: dict[str, Any]

    def arrive(self) -> Any:
        """What the server answers, at the time it is there now."""
        return self.client.post("/sync", json=self.whole)


class Phone:
    """`error` is by how much its clock is wrong; `heard` when it last heard from the server."""

    def __init__(self) -> None:
        self.entries: list[Written] = []
        self.on_the_way: list[Message] = []
        self.client: FlaskClient | None = None
        self.owner: int | None = None
        self.error = timedelta(0)
        self.heard: datetime | None = None

    def signed_in(self, owner: int, client: FlaskClient) -> None:
        self.owner, self.client, self.heard = owner, client, clock.now()

    def write(self, kind: str, subject: dict, fields: dict, form: str = "") -> Written:
        """Saving works signed in or not: it is hers who was signed in last."""
        shown = clock.now() + self.error
        entry = Written(
            self.owner, kind, subject, fields, shown, self.heard, form, written_at=clock.now()
        )
        self.entries.append(entry)
        return entry

    def queue(self) -> list[Written]:
        """What the person has to send who is signed in, the oldest first."""
        return [one for one in self.entries if one.owner == self.owner and not one.forgotten]

    def message(self, entries: list[Written]) -> Message:
        sent_at = clock.now() + self.error
        bodies = [entry.body() for entry in entries]
        whole = {"device": str(uuid4()), "sent_at": sent_at.isoformat(), "entries": bodies}
        return Message(self.client, whole)

    def hear(self, entries: list[Written], answer: Any) -> None:
        """Take a whole answer in."""
        if answer.status_code == 401:
            return
        assert answer.status_code == 200, answer.text
        receipts = answer.json["receipts"]
        assert [receipt["id"] for receipt in receipts] == [entry.id for entry in entries]
        self.heard = datetime.fromisoformat(answer.json["at"])
        for entry, receipt in zip(entries, receipts, strict=True):
            entry.state = receipt["state"]
            entry.forgotten = entry.forgotten or entry.state in FORGETS
