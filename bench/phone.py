"""What a phone feels without a network: a tap until "saved", a form until "saved", a pack stored.

`python -m bench.phone` drives a real Chromium, four times slower than this machine for taps and
forms, its server killed, behind a long queue; the pack is that of a grid of 600 homes. A figure
above its limit makes the run fail. What all this weighs is counted in the tests.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import BrowserType, Page, sync_playwright

from app.domain import regime
from app.lib import clock
from app.lib.db import db, session
from tests import cast as the_cast
from tests.big_grid import settle_a_big_grid
from tests.offline import street
from tests.offline.chromium import Chromium, Tab
from tests.offline.hands import PACKED, READY
from tests.offline.server import Server

SLOWER = 4
TAPS, FORMS, WAITING, STORINGS = 16, 15, 150, 5
READING = 2_000  # ms
LIMITS = {"tap → saved, p95": 200, "form → saved, p95": 200, "pack stored, median": 400}  # ms
# From the finger on the button to the frame in which the card has given way.
TAP = """async () => {
  const button = document.querySelector(".task:not(.over) form[data-entry=visit] button");
  const card = button.closest(".task").id, began = performance.now();
  const shown = new Promise((resolve) => new MutationObserver((_, observer) => {
    if (!document.getElementById(card)?.matches(".over")) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  }).observe(document.body, { attributes: true, childList: true, subtree: true }));
  button.click();
  return (await shown) - began;
}"""
# Until the words stand there; the page that comes next is not waited for.
SAVE = """async () => {
  document.querySelector("[name=outcome][value=well]").checked = true;
  const form = document.querySelector("form.entry[data-entry]"), began = performance.now();
  const shown = new Promise((resolve) => new MutationObserver((_, observer) => {
    if (!document.querySelector("#said .toast")) return;
    observer.disconnect();
    resolve(performance.now());
  }).observe(document.body, { childList: true, subtree: true }));
  form.requestSubmit();
  return (await shown) - began;
}"""
# A queue that is long already, written by the page's own outbox.
QUEUE = """async (many) => {
  const { user, box } = document.body.dataset;
  for (let n = 0; n < many; n++) {
    const fields = { kind: "fire", words: `第${n}件`, place: "1号楼" };
    await outbox.put({ id: shelf.newId(), kind: "incident", subject: {}, fields, form: "",
      label: { what: "上报突发事件", on: {} } }, { user: Number(user), box });
  }
}"""
# All of it anew, less what the network took.
STORE = """async () => {
  await seal.packs.within(["meta"], "readwrite", (meta) => meta.delete("cursor"));
  performance.clearResourceTimings();
  const began = performance.now();
  await pack.refresh();
  const took = performance.now() - began;
  const answers = performance.getEntriesByType("resource");
  return answers.reduce((left, one) => left - (one.name.includes("/pack?") && one.duration), took);
}"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="shouwang-phone-") as folder, sync_playwright() as play:
        found = _feel(Path(folder) / "street", play.chromium)
        found |= _store(Path(folder) / "big", play.chromium)
    print(f"processor {SLOWER} times slower, no server, {WAITING} entries waiting; ms")
    for name, limit in LIMITS.items():
        print(f"  {name:<22}{found[name]:>7.0f}   limit {limit}")
    missed = [name for name, limit in LIMITS.items() if found[name] > limit]
    if missed:
        sys.exit("above the limit: " + "; ".join(missed))


def _feel(folder: Path, kind: BrowserType) -> dict[str, float]:
    """Taps and forms without a network, on a slow processor, behind a long queue."""
    data = street.told_in(folder, homes=TAPS + FORMS, elders=TAPS + FORMS).folder
    with Server(data) as server, _phone(kind, folder, server, "lina") as phone:
        tab, residents = phone.tabs[0], server.ask("select id from residents order by id")
        server.kill()
        tab.finds(QUEUE, WAITING)
        _slow_down(tab.page)
        taps = [tab.finds(TAP) for _ in range(TAPS)]
        saves = [_form(tab, resident).finds(SAVE) for (resident,) in residents[-FORMS:]]
    return {"tap → saved, p95": _p95(taps), "form → saved, p95": _p95(saves)}


def _store(folder: Path, kind: BrowserType) -> dict[str, float]:
    login = _big_grid(folder)
    with Server(folder) as server, _phone(kind, folder, server, login) as phone:
        worker = phone.context.service_workers[0]
        return {"pack stored, median": median(worker.evaluate(STORE) for _ in range(STORINGS))}


@contextmanager
def _phone(kind: BrowserType, folder: Path, server: Server, login: str) -> Iterator[Chromium]:
    """On it somebody has signed in, and everything has arrived."""
    phone = Chromium(kind, folder / "profile", server.address)
    with phone.signs_in(street.signed_in(folder, login)):
        phone.tabs = [phone.open_tab("/today").waits_for(PACKED)]
        yield phone


def _form(tab: Tab, resident: int) -> Tab:
    """A form of the pack, open for as long as it takes to read it."""
    tab.goes_to(f"/record/visit?resident={resident}").waits_for(READY)
    tab.page.wait_for_timeout(READING)
    return tab


def _slow_down(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _big_grid(folder: Path) -> str:
    folder.mkdir()
    with street.application(folder).app_context():
        db.create_all()
        people = the_cast.assemble()
        now = clock.now()
        regime.adopt(people.home.up_to("city"), "ninth", why="", by=people.director, at=now)
        login = settle_a_big_grid(people).login
        session.remove()
        db.engine.dispose()
    return login


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
