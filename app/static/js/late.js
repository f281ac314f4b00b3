// htmx takes a cheap phone's first moments to look at every form. On a worker's page it comes when
// there is something for it to do: she touches the page, or it is time to ask anew. What she typed
// or sent before it is there is told to it then; without it, forms are plain forms.
"use strict";

(() => {
  const SIGNS = ["pointerdown", "keydown", "scroll", "focusin"], AT_LATEST = 10_000;
  const { htmx } = document.currentScript.dataset;
  let coming = null, arrived = false, typedIn = null;

  // Only a whole page: htmx would wait in vain for an event that is over
  const whole = new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", resolve, { once: true });
  });

  function fetched() {
    return new Promise((resolve) => {
      document.head.append(Object.assign(document.createElement("script"), { src: htmx, onload: resolve, onerror: resolve }));
    });
  }

  function come() {
    coming ??= whole.then(fetched).then(settle);
    return coming;
  }

  function settle() {
    arrived = true;
    typedIn?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  SIGNS.forEach((sign) => addEventListener(sign, come, { once: true, capture: true, passive: true }));
  setTimeout(come, AT_LATEST);

  addEventListener("input", ({ target }) => {
    if (arrived) return;
    typedIn = target;
    come();
  }, true);
  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (arrived || !form.hasAttribute("hx-post")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    come().then(() => form.requestSubmit(submitter));
  }, true);
})();
