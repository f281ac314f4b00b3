// Parts of a page that ask anew (hx-trigger="every …"): nothing moves when nothing happened,
// and the keyboard stays where it was when something did.
"use strict";

const shownTags = new Map();
let heldLink = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  const tag = xhr.getResponseHeader("ETag");
  if (!tag || !target.id) return;
  // the browser makes a 200 of its own copy from a 304
  if (shownTags.get(target.id) === tag) event.detail.shouldSwap = false;
  shownTags.set(target.id, tag);
  const held = document.activeElement?.closest("a[href]");
  heldLink = held && target.contains(held) ? held.getAttribute("href") : null;
});

document.addEventListener("htmx:afterSettle", () => {
  if (heldLink) document.querySelector(`main a[href="${CSS.escape(heldLink)}"]`)?.focus({ preventScroll: true });
  heldLink = null;
});
