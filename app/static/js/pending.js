// What lies in the outbox shows in its place on every page: on the card of its task, beside the
// person and the door, and in the counts. The page itself says where (data-… attributes); a page
// that the server made after it kept an entry shows that entry by itself.
"use strict";

self.pending = (() => {
  const template = document.getElementById("outbox-words"), words = template.dataset;
  const covered = new Map(); // task id → the card that gave way
  let round = 0;

  const copyOf = (selector) => template.content.querySelector(selector).cloneNode(true);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const isTry = ({ kind }) => kind === "attempt"; // the task stays open after it

  // Does the part of the page that was made at `madeAt` not know of the entry yet?
  const isNews = ({ state, kept_at: keptAt }, madeAt) => state !== "kept" || Date.parse(keptAt) > Date.parse(madeAt);

  async function show(focused) {
    const mine = ++round;
    const entries = (await outbox.list()).filter(({ locked, owner }) => !locked && owner === Number(document.body.dataset.user));
    if (mine !== round) return; // a later call sees more
    const takenBack = new Set(entries.filter(({ kind }) => kind === "withdrawal").map(({ subject }) => subject.record_id));
    const told = entries.filter(({ id, kind }) => kind !== "withdrawal" && !takenBack.has(id));
    uncover(takenBack);
    settle(takenBack);
    told.filter((entry) => isNews(entry, document.body.dataset.at) || isCovered(entry)).forEach(cover);
    count(told);
    mark(told.filter((entry) => isNews(entry, document.body.dataset.at)));
    if (focused) document.getElementById(`task-${focused}`)?.focus();
  }

  // --- cards

  const isCovered = ({ id }) => document.querySelector(`[data-over^="${id}"]`);

  function cover(entry) {
    const card = document.getElementById(`task-${entry.label.on.task}`);
    if (!card || card.dataset.over === `${entry.id} ${entry.state}`) return;
    if (!card.dataset.over) covered.set(String(entry.label.on.task), card);
    const over = copyOf(".task.over");
    over.id = card.id;
    over.dataset.over = `${entry.id} ${entry.state}`;
    over.querySelector("b").textContent = entry.label.who ?? "";
    over.querySelector("span").textContent = sentenceOf(entry);
    over.classList.toggle("bad", entry.state === "refused");
    if (["waiting", "kept"].includes(entry.state) && !entry.label.stands) over.append(undoOf(entry));
    if (entry.state === "refused") over.append(mendOf());
    card.replaceWith(over);
  }

  const mendOf = () => copyOf("a[data-queue]");

  function sentenceOf({ state, label, answer }) {
    if (state === "kept") return answer?.why ?? label.done ?? words.kept;
    const done = label.done ?? label.what;
    return [state === "waiting" ? done : answer?.why, words[`is_${state}`]].filter(Boolean).join(" · ");
  }

  function undoOf(entry) {
    const undo = copyOf("form[data-entry=withdrawal]");
    undo.action = undo.getAttribute("action").replace("00000000-0000-0000-0000-000000000000", entry.id);
    const { who = "", on } = entry.label;
    Object.assign(undo.dataset, { about: JSON.stringify({ record_id: entry.id }), who, on: JSON.stringify(on) });
    return undo;
  }

  // Taken back: the card is there again, for another entry. One that is kept and forgotten stays over.
  function uncover(takenBack) {
    for (const [task, card] of covered) {
      const over = document.getElementById(`task-${task}`);
      if (over && !takenBack.has(over.dataset.over.split(" ")[0])) continue;
      card.querySelectorAll("[name=id]").forEach((field) => { field.value = shelf.newId(); });
      card.querySelectorAll("[data-id]").forEach((source) => { delete source.dataset.id; });
      over?.replaceWith(card);
      covered.delete(task);
    }
  }

  // In a list of what was done: what is taken back says so, and offers nothing any more
  function settle(takenBack) {
    for (const form of document.querySelectorAll(".cell > form[data-entry=withdrawal]")) {
      if (takenBack.has(JSON.parse(form.dataset.about).record_id)) form.replaceChildren(words.taken_back);
    }
  }

  // --- counts

  function count(told) {
    const day = document.querySelector("#day");
    const tasksAt = (madeAt) => new Set(told.filter((entry) => entry.label.on.task && !isTry(entry)
      && entry.state !== "refused" && isNews(entry, madeAt)).map(({ label }) => label.on.task)).size;
    if (day) countDay(day, tasksAt(day.dataset.at));
    for (const number of document.querySelectorAll("[data-count]")) {
      const change = { done: 1, due: -1 }[number.dataset.count] * Math.max(tasksAt(document.body.dataset.at), covered.size);
      number.textContent = fill(number.dataset.words, { n: Math.max(0, Number(number.dataset.n) + change) });
    }
  }

  function countDay(day, more) {
    const total = Number(day.dataset.total), done = Math.min(total, Number(day.dataset.done) + more);
    const ring = day.querySelector(".ring"), share = total ? (100 * done) / total : 0;
    ring.querySelector("text").textContent = done;
    ring.querySelector(".got").setAttribute("stroke-dasharray", `${share.toFixed(1)} 100`);
    ring.querySelector(".got").removeAttribute("visibility");
    ring.querySelector(".lag")?.setAttribute("stroke-dashoffset", `-${share.toFixed(1)}`);
    ring.setAttribute("aria-label", fill(day.dataset.said, { done, total }));
    day.querySelector("h2").textContent = done < total ? fill(day.dataset.left, { n: total - done }) : day.dataset.all;
  }

  // --- people and doors

  function mark(told) {
    document.querySelectorAll(".mark-unsent").forEach((old) => old.remove());
    for (const what of ["resident", "household"]) {
      for (const place of document.querySelectorAll(`[data-${what}]`)) {
        const here = told.filter(({ label }) => String(label.on[what]) === place.dataset[what]);
        if (here.length) place.append(place.hasAttribute("data-unsent") ? listOf(here) : copyOf(".badge.mark-unsent"));
      }
    }
  }

  function listOf(entries) {
    const list = copyOf(".cells.mark-unsent");
    for (const entry of entries) {
      const row = copyOf(".cell.unsent");
      row.querySelector("b").textContent = entry.label.what;
      row.querySelector("small").textContent = sentenceOf(entry);
      list.append(row);
    }
    return list;
  }

  outbox.events.addEventListener("changed", () => show());
  document.addEventListener("htmx:afterSettle", () => show());

  return { show, copyOf, undoOf, words };
})();
