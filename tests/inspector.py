"""What every page of ours must have, checked on every HTML answer of every test.

A browser forgives all of this; a screen reader, a keyboard and the content
security policy do not.
"""

import re

from bs4 import BeautifulSoup, Tag

UNLABELLED = ("hidden", "submit", "button", "reset", "image")
BRAND = re.compile(r" · (守望|Shouwang)$")


def inspect(html: str, url: str) -> None:
    """Fail with everything that is wrong with a page, or with a part of one that htmx asked for."""
    soup = BeautifulSoup(html, "lxml" if _is_page(html) else "html.parser")
    copies = [template.extract().decode_contents() for template in soup.find_all("template")]
    pieces = [soup, *(BeautifulSoup(copy, "html.parser") for copy in copies)]
    wrong = [fault for piece in pieces for fault in _anywhere(piece)]
    if _is_page(html):
        wrong += [*_head(soup), *_headings(soup)]
    assert not wrong, f"{url}:\n  " + "\n  ".join(wrong)


def _anywhere(soup: BeautifulSoup) -> list[str]:
    """What must hold on a page, in a part of one, and in what a script copies from a template."""
    wrong = [*_inline(soup), *_ids(soup), *_forms(soup), *_controls(soup), *_images(soup)]
    return wrong + _links(soup)


def _is_page(html: str) -> bool:
    return "<html" in html[:2000].lower()


def _head(soup: BeautifulSoup) -> list[str]:
    title = soup.title.get_text().strip() if soup.title else ""
    heading = soup.h1.get_text(" ", strip=True) if soup.h1 else ""
    wrong = []
    if soup.html.get("lang") not in ("zh-Hans", "en"):
        wrong.append("<html> names no language")
    if not BRAND.search(title) or _squeezed(BRAND.sub("", title)) != _squeezed(heading):
        wrong.append(f"title {title!r} is not the heading {heading!r} and the name of the app")
    return wrong


def _headings(soup: BeautifulSoup) -> list[str]:
    count = len(soup.find_all("h1"))
    wrong = [] if count == 1 else [f"{count} headings <h1> instead of one"]
    if len(soup.find_all("main")) != 1:
        wrong.append("not exactly one <main>")
    return wrong


def _inline(soup: BeautifulSoup) -> list[str]:
    """Whatever the content security policy would throw away."""
    wrong = [f"style attribute on <{tag.name}>" for tag in soup.find_all(style=True)]
    wrong += ["<style> in the page"] * len(soup.find_all("style"))
    wrong += ["inline <script>" for tag in soup.find_all("script") if not tag.get("src")]
    for tag in soup.find_all(True):
        wrong += [f"{name} on <{tag.name}>" for name in tag.attrs if _is_handler(name)]
        wrong += [f"javascript: in <{tag.name}>" for value in _addresses(tag) if _is_code(value)]
    return wrong


def _ids(soup: BeautifulSoup) -> list[str]:
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    wrong = [
        f"id {one!r} stands there twice" for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    pointed = {name for tag in soup.find_all(attrs={"aria-describedby": True})
               for name in tag["aria-describedby"].split()}  # fmt: skip
    return wrong + [
        f"aria-describedby points to no {name!r}" for name in sorted(pointed - set(ids))
    ]


def _forms(soup: BeautifulSoup) -> list[str]:
    wrong = []
    for form in soup.find_all("form"):
        if not form.get("action"):
            wrong.append("a form without an action")
        if form.get("method", "").lower() not in ("get", "post"):
            wrong.append(f"form {form.get('action')}: no method")
        if form.find_parent("form"):
            wrong.append(f"form {form.get('action')} inside another form")
    return wrong


def _controls(soup: BeautifulSoup) -> list[str]:
    labelled = {label.get("for") for label in soup.find_all("label")}
    wrong = []
    for control in soup.find_all(["input", "select", "textarea"]):
        named = control.get("id") in labelled or control.find_parent("label")
        if control.get("type") not in UNLABELLED and not named and not control.get("aria-label"):
            wrong.append(f"no label for {control.get('name')!r}")
    for pressed in soup.find_all(["button", "summary"]):
        if not _words(pressed):
            wrong.append(f"a <{pressed.name}> without words")
    return wrong


def _links(soup: BeautifulSoup) -> list[str]:
    wrong = ["a link without words" for link in soup.find_all("a", href=True) if not _words(link)]
    return wrong + ["a link to nowhere" for link in soup.find_all("a") if not link.get("href")]


def _images(soup: BeautifulSoup) -> list[str]:
    wrong = ["an <img> without alt" for image in soup.find_all("img") if image.get("alt") is None]
    for drawing in soup.find_all("svg"):
        around = [drawing, *drawing.parents]
        hidden = any(tag.get("aria-hidden") == "true" for tag in around)
        if not hidden and not drawing.get("aria-label") and not drawing.find("title"):
            wrong.append("an <svg> that is neither hidden nor named")
    return wrong


def _words(tag: Tag) -> str:
    named = " ".join(part.get("aria-label", "") for part in [tag, *tag.find_all(True)])
    return tag.get_text(strip=True) + named.strip()


def _addresses(tag: Tag) -> list[str]:
    return [str(tag[name]) for name in ("href", "src", "action", "formaction") if tag.get(name)]


def _is_code(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "vbscript:"))


def _is_handler(name: str) -> bool:
    return name.lower().startswith(("on", "hx-on"))


def _squeezed(text: str) -> str:
    return "".join(text.split())
