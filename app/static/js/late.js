// htmx takes a cheap phone's first moments to look at every form. On a worker's page it comes when
// there is something for it to do: she touches the page, or it is time to ask anew. What she typed
// or sent before it is there is told to it then; without it, forms are plain forms.
"use strict";

(() => {
  const SIGNS = ["pointerdown", "keydown", "scroll"], AT_LATEST = 10_000;
  const { htmx } = document.currentScript.dataset;
  let coming, again, arrived = false;

  // Only then: in a page that is half there htmx would wait for an event that is over
  const loaded = new Promise((resolve) => addEventListener("load", resolve));

  const fetched = () => new Promise((resolve) => {
    document.head.append(Object.assign(document.createElement("script"), { src: htmx, onload: resolve, onerror: resolve }));
  });

  const come = () => (coming ??= loaded.then(fetched).then(() => {
    arrived = true;
    again?.();
  }));

  SIGNS.forEach((sign) => addEventListener(sign, come, true));
  setTimeout(come, AT_LATEST);

  addEventListener("input", ({ target }) => {
    again = () => target.dispatchEvent(new Event("input", { bubbles: true }));
    come();
  }, true);
  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (arrived || !form.hasAttribute("hx-post")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = () => form.requestSubmit(submitter);
    come();
  }, true);
})();
