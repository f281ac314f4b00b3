"""A phone without a screen: sends entries over HTTP until each has its receipt, as outbox.js."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

from app.lib import clock
from app.lib.ids import new_id

PATIENCE = 20  # seconds for one answer
PAUSE = 0.05
SETTLED = {"kept", "already"}


def incident(number: int) -> dict[str, Any]:
    """The entry of something that happened, told apart by its number."""
    fields = {"kind": "fire", "words": f"第{number}件：楼道冒烟", "place": f"{number}号楼"}
    return _entry("incident", {}, fields)


def visit(resident_id: int) -> dict[str, Any]:
    about = {"resident_id": str(resident_id)}
    return _entry("visit", about, {"outcome": "well", "way": "door"})


def photo(number: int, side: int = 64) -> bytes:
    """A picture that no other number has."""
    pixels = Random(number).randbytes(side * side * 3)
    file = BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(file, "JPEG")
    return file.getvalue()


def _entry(kind: str, subject: dict, fields: dict) -> dict[str, Any]:
    now = clock.now().isoformat()
    return {
        "id": str(new_id()),
        "kind": kind,
        "recorded_at": now,
        "subject": subject,
        "fields": fields,
        "photos": [],
    }


@dataclass
class Caller:
    """One signed-in phone; `answered` holds every id that was ever answered as kept."""

    port: int
    token: str
    answered: set[str] = field(default_factory=set)
    tries: int = 0

    def post(self, entries: list[dict]) -> list[dict]:
        """The receipts; OSError or HTTPException where no whole answer came."""
        self.tries += 1
        told = json.dumps({"entries": entries})
        receipts = self._ask("POST", "/sync", told, "application/json")["receipts"]
        self.answered |= {one["id"] for one in receipts if one["state"] in SETTLED}
        return receipts

    def sends(self, entries: list[dict], at_most: float = 60) -> None:
        """Again and again until every entry is kept."""
        until = time.monotonic() + at_most
        while not {one["id"] for one in entries} <= self.answered:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(entries)} entries are not all kept")
            try:
                self.post(entries)
            except (OSError, HTTPException, ValueError):
                time.sleep(PAUSE)

    def puts(self, picture: bytes) -> str:
        """Hand in a photo; its name."""
        sha = hashlib.sha256(picture).hexdigest()
        self._ask("PUT", f"/sync/photos/{sha}", picture, "image/jpeg")
        return sha

    def _ask(self, method: str, path: str, body: str | bytes, kind: str) -> dict[str, Any]:
        headers = {"Content-Type": kind, "Cookie": f"shouwang={self.token}"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status not in (200, 201):
            raise HTTPException(f"{answer.status}: {said[:200]!r}")
        return json.loads(said)
