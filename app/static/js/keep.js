// Every save of a worker: the form becomes an entry of the outbox, which has it on disk before
// anything is sent; what became of it is said as soon as it is known. Without this script, or
// where the browser has no safe place to keep things, the same forms post as plain forms do.
"use strict";

(() => {
  const { user, box } = document.body.dataset;
  if (!box || !self.seal?.able) return;
  const author = { user: Number(user), box };
  const PATIENCE = 2_500; // ms to wait for the receipt before going on
  const NOBODY = "00000000-0000-0000-0000-000000000000";
  const NOT_TOLD = ["id", "back", "photos", "photo", "to_whom"]; // fields of a form that are no answers
  const { copyOf, words } = pending;
  let leaving = false; // she has gone on by herself: then nobody takes her anywhere else

  // --- from a form to entries

  // The button of one answer of several, the form itself, or what was chosen in it
  const sourcesOf = (form, button) => (form.dataset.entry
    ? [button && form.matches(".answers") ? button : form] : [...form.querySelectorAll("[data-entry]:checked")]);

  function answersOf(form) {
    const told = {};
    for (const [name, value] of new FormData(form)) {
      if (NOT_TOLD.includes(name) || typeof value !== "string") continue;
      told[name] = name in told ? [].concat(told[name], value) : value;
    }
    return told;
  }

  function entryOf(source, form) {
    const { entry: kind, about, fields, form: print, what, who, on } = { ...form.dataset, ...source.dataset };
    const said = form.elements.to_whom?.value; // of whom it tells, while nobody can be chosen
    const words = (fields || source !== form) && (source.closest("label") ?? source).textContent.trim();
    const entry = {
      id: form.elements.id?.value || (source.dataset.id ??= shelf.newId()),
      kind,
      subject: { ...JSON.parse(about || "{}"), said },
      fields: fields ? JSON.parse(fields) : source === form ? answersOf(form) : { [source.name]: source.value },
      form: print,
      photos: [...JSON.parse(form.dataset.photos ?? "[]"), ...namesOf(form)],
      label: { what, who: who ?? said, done: words, stands: "stands" in source.dataset, on: JSON.parse(on || "{}"), path: pathOf(kind, about, form) },
    };
    if (form.dataset.writtenAt) entry.recorded_at = form.dataset.writtenAt;
    return entry;
  }

  // The form in which an entry can be mended
  function pathOf(kind, subject, form) {
    if (form.matches(".entry")) return form.getAttribute("action");
    const about = Object.entries(JSON.parse(subject)).map(([name, value]) => [name.replace(/_id$/, ""), value]);
    return kind === "withdrawal" ? "" : `/record/${kind}?${new URLSearchParams(about)}`;
  }

  // Photos that the phone or the server has already; those chosen just now come as blobs
  const namesOf = (form) => [...form.querySelectorAll("input[name=photo]:checked")].map(({ value }) => value);

  async function photosOf(form) {
    const chosen = [...form.querySelectorAll("input[data-photos]")].flatMap((input) => [...input.files]);
    return Promise.all(chosen.map((file) => (self.photos ? photos.scale(file) : file)));
  }

  // --- what the form itself can tell: a question that must be answered and was not

  const isAnswered = (field) => [...field.querySelectorAll("input, select, textarea")].some((control) =>
    (["radio", "checkbox"].includes(control.type) ? control.checked : control.value.trim() !== ""));

  const isAsked = (field) => field.querySelector(".must") && !field.hidden && !field.closest("[hidden]");

  function unanswered(form) {
    const empty = [...form.querySelectorAll(".field")].filter((field) => isAsked(field) && !isAnswered(field));
    return Object.fromEntries(empty.map((field) => [field.querySelector("[name]").name, [field.dataset.missing ?? words.missing]]));
  }

  // --- saying what became of it

  function say(tone, sentence, more) {
    const toast = copyOf(`.toast.${tone}`);
    toast.querySelector("p").textContent = sentence;
    if (more) toast.append(more);
    const said = document.getElementById("said");
    const place = tone === "ok" ? said.querySelector(".float") : said;
    place.replaceChildren(...[...place.children].filter((old) => old.matches(".float")), toast);
    return toast;
  }

  // The sentences of a refusal at the head of the form and beside its questions
  function showErrors(form, why, sentences = {}) {
    form.querySelectorAll(".why-not, .summary-bad").forEach((old) => old.remove());
    const summary = copyOf(".summary-bad");
    summary.querySelector("b").textContent = why || words.few;
    for (const [name, said] of Object.entries(sentences ?? {})) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".field");
      if (!field) continue;
      const line = copyOf(".why-not");
      line.querySelector("span").textContent = said.join("");
      field.append(line);
      const link = document.createElement("a");
      link.href = `#${field.querySelector("[id]").id}`;
      link.textContent = `${field.querySelector(".label").firstChild.textContent.trim()} · ${said.join("")}`;
      summary.append(link);
    }
    form.prepend(summary);
    summary.focus();
  }

  const release = (form) => form.dispatchEvent(new CustomEvent("settled", { bubbles: true }));

  // --- saving

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.entry && !form.hasAttribute("data-entries")) return;
    event.preventDefault();
    const sources = sourcesOf(form, event.submitter), empty = unanswered(form);
    if (!sources.length) say("warn", words.choose);
    if (Object.keys(empty).length) showErrors(form, "", empty);
    if (!sources.length || Object.keys(empty).length) return release(form);
    try {
      await keep(form, sources.map((source) => entryOf(source, form)));
    } catch (error) {
      notKept(form, error);
    }
  });

  async function keep(form, entries) {
    leaving = false; // a call or a download before it has left this page where it is
    const blobs = await photosOf(form);
    const answered = receiptsOf(entries.map((entry) => entry.id));
    for (const entry of entries) await outbox.put(entry, author, blobs);
    form.dataset.saved = "";
    if (form.closest(".task, .cell, #said") && form.dataset.entry) return tapped(form);
    outbox.send();
    say("ok", words.sending);
    await answered;
    const refused = (await outbox.list()).find(({ id, state }) => form.dataset.entry && id === entries[0].id && state === "refused");
    if (refused) return mend(form, refused);
    sessionStorage.setItem("said", entries.map(({ id }) => id).join());
    if (!leaving) location.assign(form.dataset.next?.replace(NOBODY, entries[0].id) ?? form.elements.back?.value ?? location.pathname);
  }

  // A tap stays where it is: its card says what became of it (pending.js)
  async function tapped(form) {
    release(form);
    if (form.dataset.entry === "withdrawal") say("ok", words.undone);
    await pending.show(form.dataset.on && JSON.parse(form.dataset.on).task).finally(outbox.send);
  }

  function mend(form, refused) {
    form.dataset.writtenAt = refused.recorded_at;
    showErrors(form, refused.answer.why, refused.answer.field_errors);
    release(form);
  }

  // The disk is full, or the browser lets us keep nothing: what was typed stays in the form
  function notKept(form, error) {
    release(form);
    if (error.name === "QuotaExceededError") return say("bad", words.full, copyOf("a[data-export]"));
    form.submit();
  }

  // Resolves when all have a receipt, when something is in the way, or when it takes too long
  const receiptsOf = (ids) => new Promise((resolve) => {
    const open = new Set(ids);
    outbox.events.addEventListener("receipt", ({ detail }) => open.delete(detail.id) && !open.size && resolve());
    for (const type of ["trouble", "signin"]) outbox.events.addEventListener(type, resolve, { once: true });
    setTimeout(resolve, PATIENCE);
  });

  // --- the page after a save says what became of it

  async function sayLastSaved() {
    const ids = sessionStorage.getItem("said")?.split(",") ?? [];
    sessionStorage.removeItem("said");
    if (!ids.length) return;
    const saved = (await outbox.list()).filter(({ id }) => ids.includes(id)), entries = saved.filter(({ locked }) => !locked);
    const [entry] = entries, state = saved[0]?.state ?? "kept";
    const about = [...new Set(entries.map(({ label }) => label.who)), entries.length === 1 && entry.label.what].filter(Boolean).join(" · ");
    const takenBack = entry?.kind === "withdrawal";
    const sentence = takenBack ? words.undone : [words[state], about].filter(Boolean).join(words.colon);
    const undo = state !== "held" && entries.length === 1 && !entry.label.stands ? pending.undoOf(entry) : null;
    say(["kept", "waiting"].includes(state) ? "ok" : "warn", state === "held" ? entry.answer.why : sentence, undo);
    if (state === "kept" && entry?.answer?.why) say("warn", entry.answer.why);
  }

  // --- a form that is opened

  async function fill(form, id) {
    const entry = (await outbox.list()).find((one) => one.id === id && !one.locked);
    if (!entry) return;
    const arrived = entry.state === "waiting" && entry.gone; // perhaps: then it is corrected
    form.elements.id.value = arrived ? shelf.newId() : id;
    if (arrived) form.dataset.about = JSON.stringify({ ...entry.subject, supersedes: id });
    else form.dataset.writtenAt = entry.recorded_at;
    await fillPhotos(form, entry.photos);
    for (const control of form.elements) {
      if (!control.name || NOT_TOLD.includes(control.name)) continue;
      const given = [].concat(entry.fields[control.name] ?? []);
      if (["radio", "checkbox"].includes(control.type)) control.checked = given.includes(control.value);
      else control.value = given[0] ?? "";
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
    if (entry.answer) showErrors(form, entry.answer.why, entry.answer.field_errors);
  }

  // Those that lie on the phone are shown and can be taken away; those that do not stay named
  async function fillPhotos(form, shas) {
    const input = form.querySelector("input[data-photos]"), key = await seal.unlocked();
    const kept = key && input && self.photos ? await Promise.all(shas.map((sha) => outbox.disk.get("photos", sha))) : [];
    const here = kept.filter(Boolean), names = here.map(({ sha }) => sha);
    form.dataset.photos = JSON.stringify(shas.filter((sha) => !names.includes(sha)));
    const files = here.map(async ({ sha, type, sealed }) => new File([await seal.openBytes(key.box, sealed)], sha, { type }));
    if (here.length) photos.put(input, await Promise.all(files));
  }

  // Pages kept for a stairwell without signal all carry one id: each opened form gets its own
  function open(form) {
    const given = new URLSearchParams(location.search).get("outbox");
    if (given) return fill(form, given);
    if (form.elements.id && !form.hasAttribute("data-mends")) form.elements.id.value = shelf.newId();
  }

  const opened = () => document.querySelectorAll("form.entry[data-entry]").forEach(open);
  addEventListener("pageshow", ({ persisted }) => persisted && document.querySelector("form[data-saved]") && opened());

  async function start() {
    const key = await seal.unlocked();
    if (key && key.user !== author.user) await seal.lock();
    opened();
    await sayLastSaved();
    if (!key || key.user !== author.user) await seal.fetchKey().catch(() => null);
    await pending.show();
    outbox.send();
  }

  addEventListener("beforeunload", () => { leaving = true; });
  for (const type of ["online", "focus"]) addEventListener(type, () => outbox.send());
  document.addEventListener("visibilitychange", () => document.hidden || outbox.send());
  start();
})();
