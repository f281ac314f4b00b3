// The page 待上传: what lies on this phone and has not reached the server, and what can be done with it.
"use strict";

(() => {
  if (!self.app) return;
  const A_DAY = 86_400_000;
  const one = (id) => document.getElementById(id);
  const shown = new Map(); // id → its card, and what the card says
  let trouble = "calm";

  // As the server writes it: 6 October, 09:05
  const timeOf = (at) => new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), {
    month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai",
  }).format(at);

  // A UUIDv7 begins with the time it was made, also where nothing else can be read
  const writtenAt = ({ id }) => parseInt(id.replace("-", "").slice(0, 12), 16);
  const isOld = (entry) => entry.state === "waiting" && Date.now() - writtenAt(entry) > A_DAY;

  // Its form with what was written in it (js/keep.js); the server knows one that it has answered
  function mendAt({ id, state, label }) {
    const url = new URL(label?.path ?? "/", location);
    if (state !== "waiting") url.searchParams.set("entry", id);
    url.searchParams.set("outbox", id);
    return state !== "held" && url.pathname.startsWith("/record/") && url.pathname + url.search;
  }

  function wordsOf(entry, sending) {
    const { state, gone, label, locked, photos = [] } = entry, answer = entry.answer ?? {};
    return {
      [state === "waiting" ? (sending ? "sending" : "idle") : state]: true,
      title: [label?.what, label?.who].filter(Boolean).join(" · "), time: timeOf(writtenAt(entry)), gone: gone && state === "waiting", locked, photos: photos.length,
      why: state !== "waiting" && [answer.why, ...Object.values(answer.field_errors ?? {}).flat()].filter(Boolean).join("\n"),
      with: state === "held" && answer.with, mend: mendAt(entry), old: isOld(entry),
    };
  }

  function show(entry, sending) {
    const words = wordsOf(entry, sending), said = JSON.stringify(words), before = shown.get(entry.id);
    const isAsking = before?.state === entry.state && before.card.querySelector("details[open]");
    if (before?.said === said || isAsking) return; // what she is about to confirm stays still
    const card = app.made("entry-words", words), held = before?.card.contains(document.activeElement);
    card.dataset.id = entry.id;
    if (before) before.card.replaceWith(card);
    else one("entries").append(card);
    if (held) card.focus();
    shown.set(entry.id, { card, said, state: entry.state });
  }

  async function draw() {
    const isOthers = ({ owner }) => owner && app.user && owner !== app.user;
    const entries = (await outbox.list()).filter((entry) => entry.state !== "kept" && !isOthers(entry));
    const sending = (await navigator.locks?.query())?.held.some(({ name }) => name === "outbox");
    entries.forEach((entry) => show(entry, sending));
    for (const [id, { card }] of shown) if (!entries.some((entry) => entry.id === id)) shown.delete(id, card.remove());
    const waiting = entries.filter(({ state }) => state === "waiting").length;
    const hers = entries.filter(({ state }) => ["refused", "returned"].includes(state)).length;
    const met = (await outbox.disk.get("meta", "contact"))?.local, stays = await navigator.storage?.persisted();
    const state = app.made("state-words", {
      [sending ? "sending" : trouble]: waiting, waiting, hers, both: waiting && hers, only: !waiting && hers, clear: !waiting && !hers, old: entries.some(isOld),
      met: met && timeOf(met), stays, fleeting: !stays && waiting,
    });
    if (one("state").innerHTML !== state.outerHTML) one("state").replaceChildren(state);
  }

  const tell = (what, n) => one("told").replaceChildren(app.made("told-words", { [what]: true, n }));

  async function save(ids) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await outbox.exported(ids)], { type: "application/json" }));
    link.download = `${one("queue").dataset.file}-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    tell("saved");
  }

  const deeds = { send: outbox.send, retry: outbox.retry, drop: outbox.drop, export: (id) => save(id && [id]) };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (!button) return;
    deeds[button.dataset.do](button.closest("[data-id]")?.dataset.id);
    soon();
  });

  document.addEventListener("change", async ({ target }) => {
    try {
      const n = await outbox.take(await target.files[0].text());
      tell(n ? "taken" : "none", n);
      outbox.send();
    } catch {
      tell("bad");
    }
    target.value = ""; // the same file may be chosen again
  });

  // Whoever tells of something may hold the lock a moment longer, by which we see that it is sending
  const soon = () => setTimeout(draw, 100);
  for (const type of ["changed", "trouble", "signin", "contact"]) {
    outbox.events.addEventListener(type, ({ detail }) => {
      trouble = { trouble: detail.kind, signin: type, contact: "calm" }[type] ?? trouble;
      soon();
    });
  }
  setInterval(draw, 5_000);
  draw();
})();
