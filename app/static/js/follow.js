// Parts of a page that ask anew (hx-trigger="every …"): nothing moves when nothing happened,
// and the keyboard stays where it was when something did. What was shown is known by its tag,
// in memory only: the browser itself keeps no copy of a page (Cache-Control: no-store).
"use strict";

const shown = new Map();
let heldLink = null;

document.addEventListener("htmx:configRequest", (event) => {
  const { target, path, verb, headers } = event.detail;
  // a page that nobody looks at asks for nothing
  if (document.hidden && verb === "get") event.preventDefault();
  const last = shown.get(target.id);
  if (verb === "get" && last?.path === path) headers["If-None-Match"] = last.tag;
});

// a 304 swaps nothing (htmx-config in layouts/base.html)
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig, shouldSwap } = event.detail;
  if (!target.id || !shouldSwap) return;
  const tag = xhr.getResponseHeader("ETag");
  shown.delete(target.id);
  if (tag) shown.set(target.id, { path: requestConfig.path, tag });
  const held = document.activeElement?.closest("a[href]");
  heldLink = held && target.contains(held) ? held.getAttribute("href") : null;
});

document.addEventListener("htmx:afterSettle", () => {
  if (heldLink) document.querySelector(`main a[href="${CSS.escape(heldLink)}"]`)?.focus({ preventScroll: true });
  heldLink = null;
});
