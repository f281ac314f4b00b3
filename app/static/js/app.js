// What stands around every page of the phone: how much waits to be uploaded, what she should know,
// a new version, signing out. The words are in parts/app_words.html.
"use strict";

self.app = (() => {
  if (!self.seal?.able) return null;
  const { events, disk } = outbox;
  const { box } = document.body.dataset, user = Number(document.body.dataset.user);
  const one = (id) => document.getElementById(id);

  // A copy of a template: the parts for which there is a value (data-if), and the values (data-put)
  function made(id, values) {
    const piece = one(id).content.firstElementChild.cloneNode(true);
    for (const part of piece.querySelectorAll("[data-if]")) {
      if (!part.dataset.if.split(" ").some((name) => values[name])) part.remove();
    }
    for (const place of piece.querySelectorAll("[data-put]")) {
      place[place.href ? "href" : "textContent"] = values[place.dataset.put];
    }
    return piece;
  }

  async function count() {
    const n = await outbox.count(user);
    one("unsent").replaceChildren(...made("unsent-words", { n }).children);
    for (const place of document.querySelectorAll(".unsent-n")) place.textContent = n || "";
    navigator.setAppBadge?.(n).catch(() => {});
    if (n && navigator.storage && (await disk.get("meta", "stays")) === undefined) {
      disk.put("meta", await navigator.storage.persist(), "stays");
    }
  }

  // --- bars at the head of the page

  const now = { login: `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` };

  function say(news) {
    const piece = made("bars-words", Object.assign(now, news));
    if (one("bars").innerHTML !== piece.innerHTML) one("bars").replaceChildren(...piece.childNodes);
  }

  function asLong(seconds) {
    const [size, unit] = [[86_400, "day"], [3600, "hour"], [60, "minute"]].find(([least]) => seconds >= 2 * least);
    const form = { style: "unit", unit, unitDisplay: "long" };
    return new Intl.NumberFormat(document.documentElement.lang, form).format(Math.round(seconds / size));
  }

  // Kept for the next page, which knows it before it has asked
  function sayClock(off) {
    sessionStorage.off = off;
    say({ fast: off > 0 && asLong(off), slow: off < 0 && asLong(-off) });
  }

  events.addEventListener("changed", count);
  events.addEventListener("signin", async () => say({ signin: await outbox.count(user) }));
  events.addEventListener("trouble", ({ detail }) => say({ [detail.kind]: true }));
  events.addEventListener("photo", ({ detail }) => say({ photo: detail.why }));
  events.addEventListener("contact", ({ detail }) => {
    say({ signin: 0, full: 0, foreign: 0, storage: 0 });
    sayClock(detail.off ?? 0);
  });

  // --- a new version waits until nothing half-written is open, and until she taps

  let home = null, asked = false;
  // the first one of all waits for a moment, too, and replaces none
  const offer = () => say({ update: home?.active && home.waiting && !document.querySelector("form.entry[data-dirty]:not([data-saved])") });

  navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).then((registration) => {
    home = registration;
    home.addEventListener("updatefound", () => home.installing.addEventListener("statechange", offer));
    document.addEventListener("visibilitychange", () => document.hidden || home.update().catch(() => {}));
    offer();
  }, () => {});
  navigator.serviceWorker?.addEventListener("controllerchange", () => (asked ? location.reload() : offer()));
  document.addEventListener("input", ({ target }) => {
    target.form?.setAttribute("data-dirty", "");
    offer();
  });
  one("bars").addEventListener("click", ({ target }) => {
    if (asked || !target.closest("button")) return;
    asked = true;
    home.waiting.postMessage("skipWaiting");
  });

  // --- signing out: what is unsent is spoken of, then the phone locks before anything else

  async function leave(form) {
    await seal.lock();
    form.submit();
  }

  function ask(form, n) {
    const sheet = made("ask-words", { n });
    sheet.addEventListener("click", ({ target }) => target.value && sheet.close(target.value));
    sheet.addEventListener("close", () => (sheet.returnValue === "leave" ? leave(form) : sheet.remove()));
    document.body.append(sheet);
    sheet.showModal();
  }

  addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/sign-out") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const n = await outbox.count(user).catch(() => 0);
    if (n) ask(form, n);
    else leave(form);
  }, true);

  if (box) disk.put("meta", { user, box }, "author"); // for whom the service worker seals
  sayClock(Number(sessionStorage.off ?? 0));
  count();

  return { made, say, user };
})();
