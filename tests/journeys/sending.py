"""Waiting until what was saved on a phone has reached the server."""

from playwright.sync_api import Page

# What is being written down just now, and what is written down and has no receipt.
WAITING = """outbox.disk.all('entries').then((all) =>
  document.querySelectorAll('form[data-sent]:not([data-saved])').length
  + all.filter(({ state }) => state === 'waiting').length)"""
PATIENCE = 10_000  # ms
LOOK_EVERY = 50


def all_sent(page: Page) -> None:
    """Come back when every entry has a receipt; fail when one waits too long."""
    for _look in range(PATIENCE // LOOK_EVERY):
        if page.evaluate(WAITING) == 0:
            return
        page.wait_for_timeout(LOOK_EVERY)
    raise AssertionError("something is still waiting to be sent")
