// The pages a worker needs where there is no signal, on her phone: fetched in parts, sealed
// in small boxes, put together when a page is asked for. A mould is a page with places (⟦3⟧) in it; what
// goes there comes from the server as it stands on its own page. For the service worker.
"use strict";

self.pack = (() => {
  const disk = seal.packs, BOXES = 64, MOST = 30; // the last: people that a search shows
  const NOBODY = "00000000-0000-0000-0000-000000000000"; // in the address of a form about somebody just added
  let running = null;

  // --- fetching

  // Resolves to true when the phone has everything
  const refresh = () => (running ??= fetchAll().finally(() => { running = null; }));

  async function fetchAll() {
    for (let more = true; more;) {
      const key = (await seal.unlocked()) ?? (await seal.fetchKey().catch(() => null));
      const told = key && (await changes());
      if (!told) return false;
      if (told.user !== key.user) return seal.lock();
      await store(told, key);
      ({ more } = told);
    }
    return true;
  }

  async function changes() {
    try {
      const response = await fetch(`/pack?since=${(await disk.get("meta", "cursor")) ?? ""}`, { redirect: "manual" });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  // All of one answer is there, or nothing of it
  async function store({ cursor, at, full, more, rows, gone }, key) {
    const from = reader(key), shut = (value) => seal.encrypt(key.pack, JSON.stringify(value));
    const people = full ? {} : await from.people();
    gone.forEach((path) => delete people[path]);
    Object.assign(people, await indexed(new Map(rows), from));
    const boxes = {};
    const boxOf = async (path) => (boxes[numberOf(path)] ??= full ? {} : await from.box(numberOf(path)));
    for (const path of gone) delete (await boxOf(path))[path];
    for (const [path, row] of rows) (await boxOf(path))[path] = row;
    const sealed = await Promise.all(Object.entries(boxes).map(async ([path, box]) => ({ path, sealed: await shut(box) })));
    const index = { sealed: await shut(people) };
    await disk.within(["rows", "meta"], "readwrite", (pages, meta) => {
      if (full) pages.clear();
      sealed.forEach((box) => pages.put(box));
      meta.put(index, "people");
      meta.put(cursor, "cursor");
      meta.put(!more, "whole");
      if (full || !more) meta.put(at, "at");
    });
    await keepOpen(rows.filter(([path]) => path[0] === "!"), reader(key));
    if (!more) await outbox.forget(at);
  }

  // Behind each door: number, name, how it is said, end of the phone number, address
  async function indexed(rows, from) {
    const get = async (name) => rows.get(name) ?? (await from.get(name)) ?? {};
    const { places: at } = await get("~shapes"), sounds = await get("~sounds"), found = {};
    const said = (one) => one[at.spoken] || [...one[at.full]].map((sign) => sounds[sign] ?? "").join("");
    for (const [path, row] of rows) {
      if (row[0] !== "home") continue;
      found[path] = everybody(row).map((one) => [one[at.id], fold(one[at.full]), said(one), one[at.phone].slice(-4), fold(one[at.address])]);
    }
    return found;
  }

  // Pages with nobody in them ("!") stay open while the rest is locked; the one that says why there is none stays always
  async function keepOpen(rows, from) {
    for (const [path, [name]] of rows) {
      const cache = await caches.open(path === "!/offline" ? CACHE : "open");
      await cache.put(path.slice(1), new Response(await show(from, name, [])));
    }
  }

  // --- showing

  // A thousand boxes of one row each would take a cheap phone ten times as long
  const numberOf = (path) => [...path].reduce((sum, sign) => sum + sign.charCodeAt(), 0) % BOXES;

  // What is stored, opened with `key`; remembered for as long as one page takes
  function reader(key) {
    const known = {};
    const open = async (store, name) => {
      const found = await disk.get(store, name);
      return found ? JSON.parse(await seal.decrypt(key.pack, found.sealed)) : {};
    };
    const box = (number) => (known[number] ??= open("rows", `${number}`));
    return { box, get: async (path) => (await box(numberOf(path)))[path], people: () => open("meta", "people") };
  }

  // A mould that is a list: its parts belong into another one
  async function show(from, name, values, others = []) {
    const [outer, ...parts] = [].concat(await from.get(`~${name}`));
    if (!parts.length) return put(from, outer, values, others);
    return show(from, outer, await Promise.all(parts.map((part) => put(from, part, values, others))));
  }

  // ⟦3⟧ a value; ⟦@form.1a⟧ another mould; ⟦*cell|、⟧ the others, each in her mould of that name
  async function put(from, text, values, others) {
    const parts = text.split(/⟦([@*\d].*?)⟧/);
    for (let i = 1; i < parts.length; i += 2) {
      const [, sign, name, between] = parts[i].match(/^([@*]?)([^|]*)\|?(.*)/);
      if (sign === "@") parts[i] = await show(from, name, values, others);
      else if (sign) parts[i] = (await Promise.all(others.map((one) => person(from, name, one)))).join(between);
      else parts[i] = values[name] ?? "";
    }
    return parts.join("");
  }

  // Somebody as a page, a line or a form (`what`); her values begin with those of her door
  async function person(from, what, values, others) {
    const { places: at, ...shapes } = await from.get("~shapes"), name = shapes[values[at.shape]]?.[what];
    if (!name) return null;
    const [kinds, cases] = (what === "page" && (await from.get(`~care/${values[at.id]}`))) || [];
    return show(from, name, Object.assign([...values], { [at.kinds]: kinds, [at.cases]: cases, [at.rules]: values[at.rules]?.[what] }), others);
  }

  const everybody = ([, home, people]) => people.map((one) => [...home, ...one]);

  // The page of an address; null where the phone has none
  async function found(from, path) {
    const added = path.match(/of=([\w-]{36})$/)?.[1] ?? NOBODY;
    if (added !== NOBODY) return (await found(from, path.replace(added, NOBODY)))?.replaceAll(NOBODY, added);
    const row = await from.get(path);
    if (row && row[0] !== "home") return show(from, row[0], row.slice(1));
    const [, what, of, id] = path.match(/(\w+)(?:\/|\?(\w+)=)(\d+)$/) ?? [], isDoor = (of ?? what)?.startsWith("household");
    const people = await from.people(), door = isDoor ? `/households/${id}` : Object.keys(people).find((one) => people[one].some(([number]) => number === +id));
    const home = id && door && (await from.get(door));
    if (!home) return null;
    const all = everybody(home), { places: at, home: forms } = await from.get("~shapes"), her = all.find((one) => one[at.id] === +id);
    if (isDoor) return show(from, of ? forms[what] : home[1][at.mould], home[1], all);
    return person(from, of ? what : "page", her, all.filter((one) => one !== her));
  }

  async function page(path, back) {
    const key = await seal.unlocked(), html = key && (await found(reader(key), path));
    const at = await disk.get("meta", "at"); // after the page: the first part may just have come
    return html && html.replaceAll("⟦at⟧", at).replaceAll("⟦when⟧", at.slice(11, 16)).replaceAll("⟦back⟧", back).replaceAll("⟦here⟧", path);
  }

  // --- searching, as the server does it (reports/search.py)

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s'·•・‧.]/g, "");
  const door = (text) => `-${text}-`.replace(/[^\da-z]+/g, "-");

  function nearness([, name, said, tail, home], typed) {
    const sound = said.toLowerCase(), initials = said.replace(/[^A-Z]/g, "").toLowerCase();
    const byDoor = /\d/.test(typed) && (tail === typed || door(home).includes(door(typed)));
    const byName = name.includes(typed) || (typed.length > 1 && home.includes(typed));
    if (/^[a-z]+$/.test(typed) ? !sound.includes(typed) && !initials.includes(typed) : !byDoor && !byName) return 3;
    return name === typed || initials === typed ? 0 : name.startsWith(typed) || sound === typed ? 1 : 2;
  }

  // What a search finds, as the piece of page that shows it
  async function search(text, kind) {
    const key = await seal.unlocked(), from = key && reader(key), words = key && (await from.get("~search"))?.[kind];
    if (!words) return null;
    const typed = fold(text);
    if (!typed) return (await found(from, kind ? `/record/${kind}` : "/residents")).match(/<div id="found"[^]*?(?=<\/main>)/)[0];
    const people = Object.entries(await from.people()), { places: at } = await from.get("~shapes");
    const all = people.flatMap(([path, behind]) => behind.map((one) => ({ path, id: one[0], near: nearness(one, typed) })));
    const hits = all.filter(({ near }) => near < 3).sort((one, other) => one.near - other.near), best = hits.slice(0, MOST);
    const shown = await Promise.all(best.map(async ({ path, id }) => everybody(await from.get(path)).find((one) => one[at.id] === id)));
    const some = hits.length > MOST ? words[2] : words[hits.length && 1];
    return (await put(from, some, [escaped(text), shown.length], shown)).replaceAll("⟦kind⟧", kind);
  }

  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt()};`);

  return { refresh, page, search };
})();
