"""axe-core on a page: what it finds against WCAG 2.2 AA, as sentences."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is as it should be need not be listed: half the work.
    "resultTypes": ["violations"],
}
RUN = "options => axe.run(options).then(({ violations }) => violations)"


def faults(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, OPTIONS)
    return [f"{one['id']}: {node['html'][:140]}" for one in found for node in one["nodes"]]
