"""What every page of ours must have, checked on every HTML answer of every test.

A browser forgives all of this; a screen reader, a keyboard and the content
security policy do not. And what a browser writes down by itself (titles in its
history, what was typed) must say nothing of anybody.
"""

import gettext
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

UNLABELLED = ("hidden", "submit", "button", "reset", "image")
BRAND = re.compile(r" · (守望|Shouwang)$")
# The titles of pages whose heading names somebody, a door or what happened there.
ABOUT_SOMEBODY = ("居民", "一户", "楼栋", "登记", "突发事件", "账号")
FOR_SIGNING_IN = ("off", "username", "current-password", "new-password")
TRANSLATIONS = Path(__file__).parents[1] / "app" / "translations"
FORM_TAGS = re.compile(r"<(/?)form\b")


def inspect(text: str, url: str) -> None:
    """Fail with everything that is wrong with a page, or with a part of one that htmx asked for."""
    is_page = "<html" in text[:2000].lower()
    root = html.document_fromstring(text if is_page else f"<div>{text}</div>")
    pieces = [*_templates(root), root]
    wrong = [fault for piece in pieces for check in ANYWHERE for fault in check(piece)]
    if is_page:
        wrong += [*_head(root), *_headings(root)]
    if any(depth > 1 for depth in _depths(text)):
        wrong.append("a form inside another form")
    assert not wrong, f"{url}:\n  " + "\n  ".join(wrong)


def _templates(root: etree._Element) -> list[etree._Element]:
    """What a script copies into the page, taken out of it: the innermost first."""
    found = root.xpath(".//template")[::-1]
    for template in found:
        template.drop_tree()
    return found


def _head(root: etree._Element) -> Iterator[str]:
    title, heading = root.xpath("string(.//title)").strip(), root.xpath("string(.//h1)")
    language = root.get("lang")
    if language not in ("zh-Hans", "en"):
        yield "<html> names no language"
    named = BRAND.sub("", title)
    is_known = _squeezed(named) == _squeezed(heading) or named in _of_somebody(language)
    if not BRAND.search(title) or not is_known:
        yield f"title {title!r} is not the heading {heading!r} and the name of the app"


def _of_somebody(language: str) -> tuple[str, ...]:
    if language != "en":
        return ABOUT_SOMEBODY
    english = gettext.translation("messages", TRANSLATIONS, ["en"], fallback=True)
    return tuple(english.gettext(words) for words in ABOUT_SOMEBODY)


def _headings(root: etree._Element) -> Iterator[str]:
    if (count := len(root.xpath(".//h1"))) != 1:
        yield f"{count} headings <h1> instead of one"
    if len(root.xpath(".//main")) != 1:
        yield "not exactly one <main>"


def _inline(root: etree._Element) -> Iterator[str]:
    """Whatever the content security policy would throw away."""
    yield from (f"style attribute on <{tag.tag}>" for tag in root.xpath(".//*[@style]"))
    yield from ["<style> in the page"] * len(root.xpath(".//style"))
    yield from ["inline <script>"] * len(root.xpath(".//script[not(@src)]"))
    for tag in root.iter("*"):
        for name, value in tag.items():
            if name.lower().startswith(("on", "hx-on")):
                yield f"{name} on <{tag.tag}>"
            if name in ("href", "src", "action", "formaction") and _is_code(value):
                yield f"{value} in <{tag.tag}>"


def _ids(root: etree._Element) -> Iterator[str]:
    ids = Counter(root.xpath(".//@id"))
    yield from (f"id {one!r} stands there twice" for one in sorted(ids) if ids[one] > 1)
    pointed = " ".join(root.xpath(".//@aria-describedby")).split()
    yield from (
        f"aria-describedby points to no {name!r}" for name in sorted({*pointed} - ids.keys())
    )


def _forms(root: etree._Element) -> Iterator[str]:
    for form in root.xpath(".//form"):
        if not form.get("action"):
            yield "a form without an action"
        if form.get("method", "").lower() not in ("get", "post"):
            yield f"form {form.get('action')}: no method"


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for tag in FORM_TAGS.finditer(text):
        depth += -1 if tag[1] else 1
        yield depth


def _controls(root: etree._Element) -> Iterator[str]:
    labelled = set(root.xpath(".//label/@for"))
    forms = {form.get("id"): form for form in root.xpath(".//form[@id]")}
    for control in root.iter("input", "select", "textarea"):
        if control.get("type") in UNLABELLED:
            continue
        name = control.get("name")
        named = control.get("aria-label") or control.get("id") in labelled
        if not named and next(control.iterancestors("label"), None) is None:
            yield f"no label for {name!r}"
        form = forms.get(control.get("form"), next(control.iterancestors("form"), None))
        if form is None and root.tag == "template":
            continue  # a copy of it goes into a form of the page
        if (control if form is None else form).get("autocomplete") != "off":
            yield f"the browser may keep what is typed as {name!r}: no autocomplete=off on its form"
        if control.get("autocomplete", "off") not in FOR_SIGNING_IN:
            yield f"the browser may keep what is typed as {name!r}"


def _pressed(root: etree._Element) -> Iterator[str]:
    for pressed in root.iter("button", "summary"):
        if not _words(pressed):
            yield f"a <{pressed.tag}> without words"


def _links(root: etree._Element) -> Iterator[str]:
    for link in root.iter("a"):
        if not link.get("href"):
            yield "a link to nowhere"
        elif not _words(link):
            yield "a link without words"


def _images(root: etree._Element) -> Iterator[str]:
    yield from ["an <img> without alt"] * len(root.xpath(".//img[not(@alt)]"))
    for drawing in root.iter("svg"):
        hidden = drawing.xpath("ancestor-or-self::*[@aria-hidden='true']")
        if not hidden and not drawing.get("aria-label") and drawing.find(".//title") is None:
            yield "an <svg> that is neither hidden nor named"


def _words(tag: etree._Element) -> str:
    said = tag.xpath("string()").strip()
    return said or "".join(tag.xpath("descendant-or-self::*/@aria-label")).strip()


def _is_code(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "vbscript:"))


def _squeezed(text: str) -> str:
    return "".join(text.split())


ANYWHERE = (_inline, _ids, _forms, _controls, _pressed, _links, _images)
