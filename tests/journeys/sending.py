"""Waiting until what was saved on a phone has reached the server."""

from playwright.sync_api import Page

WAITING = "outbox.disk.all('entries').then(all => all.filter(e => e.state === 'waiting').length)"
PATIENCE = 10_000  # ms
LOOK_EVERY = 50


def all_sent(page: Page) -> None:
    """Come back when every entry has a receipt; fail when one waits too long."""
    for _look in range(PATIENCE // LOOK_EVERY):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(LOOK_EVERY)
    raise AssertionError("something is still waiting to be sent")
