"""What a worker does at her phone, on either browser: the real pages, real taps and real forms."""

from pathlib import Path
from typing import Any, Protocol

from tests.offline.server import Server

ELDERS = "select resident_id from cases where kind = 'elder' order by resident_id"
READY = "self.outbox && seal.unlocked()"
PACKED = "self.seal && seal.packs.get('meta', 'whole')"
FREE_CARD = ".task:not(.over) form[data-entry=visit] button"
WELL = "label:has(input[name=outcome][value=well])"
FIRE = "label:has(input[name=kind][value=fire])"
SAVE = ".save-bar button"
GONE_ON = "document.readyState === 'complete' && !document.querySelector('form.entry[data-entry]')"


class Tab(Protocol):
    """A page of a browser (chromium.py, bidi.py)."""

    def goes_to(self, path: str) -> "Tab": ...
    def taps(self, selector: str) -> "Tab": ...
    def writes(self, selector: str, words: str) -> "Tab": ...
    def chooses_files(self, selector: str, *files: Path) -> "Tab": ...
    def finds(self, script: str) -> Any: ...
    def waits_for(self, script: str) -> "Tab": ...


class Worker:
    """Counts what she saves, so that each piece is known to be on the phone before the next."""

    def __init__(self):
        self.saved, self.page, self.given_way = 0, 1, 0

    def taps_a_card(self, tab: Tab) -> None:
        """The first card of 今日 that nobody has tapped: 一切平安; where none is, further on."""
        free = f"document.querySelector({FREE_CARD!r}) !== null"
        if not tab.finds(free):
            self.page, self.given_way = self.page + 1, 0
            tab.goes_to(f"/today?page={self.page}").waits_for(free)
        tab.taps(FREE_CARD)
        self._has_saved(tab)
        self.given_way += 1
        tab.waits_for(f"document.querySelectorAll('main .task.over').length >= {self.given_way}")

    def visits(self, tab: Tab, resident: int, note: str, *photos: Path) -> None:
        tab.goes_to(f"/record/visit?resident={resident}").waits_for(READY)
        tab.taps(WELL).writes("[name=note]", note)
        self._chooses(tab, photos)
        tab.taps(SAVE)
        self._has_saved(tab)
        tab.waits_for(GONE_ON)

    def reports(self, tab: Tab, words: str, *photos: Path) -> None:
        tab.goes_to("/record/incident").waits_for(READY)
        tab.taps(FIRE).writes("[name=words]", words).writes("[name=place]", "1号楼")
        self._chooses(tab, photos)
        tab.taps(SAVE)
        self._has_saved(tab)
        tab.waits_for(GONE_ON)

    def _chooses(self, tab: Tab, photos: tuple[Path, ...]) -> None:
        if photos:
            tab.chooses_files("#photos", *photos)
            tab.waits_for(f"document.querySelectorAll('.photos.new li').length === {len(photos)}")

    def _has_saved(self, tab: Tab) -> None:
        self.saved += 1
        tab.waits_for(f"outbox.disk.all('entries').then((all) => all.length >= {self.saved})")


def on_the_phone(tab: Tab) -> list[dict[str, Any]]:
    """What lies in the outbox, the oldest first: id and hashes of the photos."""
    told = "outbox.disk.all('entries').then((all) => all.map(({ id, photos }) => ({ id, photos })))"
    return tab.finds(told)


def insist_on_all(server: Server, saved: list[dict[str, Any]]) -> None:
    """Exactly what was saved is there, in its order, and every photo beside its record."""
    wanted = "select record_id from events where kind = 'recorded' and by_id = ? order by id"
    ((lina,),) = server.ask("select id from users where login = 'lina'")
    began = server.ask("select count(*) from records where via = 'phone'")[0][0]
    recorded = [as_written(one) for (one,) in server.ask(wanted, lina)]
    assert [one for one in recorded if one in {e["id"] for e in saved}] == [e["id"] for e in saved]
    assert began == len(saved)
    assert server.ask("select count(*) from receipts where state = 'kept'") == [(len(saved),)]
    shown = {(e["id"], sha) for e in saved for sha in e["photos"]}
    links = server.ask("select record_id, sha from record_photos")
    assert {(as_written(one), sha) for one, sha in links} == shown
    assert {sha for (sha,) in server.ask("select sha from photos")} == {sha for _id, sha in shown}


def as_written(stored: str) -> str:
    """An id of the database as phones write it."""
    i = stored
    return f"{i[:8]}-{i[8:12]}-{i[12:16]}-{i[16:20]}-{i[20:]}"


def is_empty(tab: Tab) -> bool:
    return tab.finds("outbox.count()") == 0
