// The one road of every save: on disk here first, then to the server, forgotten only when the
// server has said "kept" or "already". Knows storage and fetch, nothing of pages; used by the
// pages and by the service worker, of which only one sends at a time (docs/sync.md).
"use strict";

self.outbox = (() => {
  const MOST = 100, MOST_BYTES = 1_000_000; // of one message
  const PATIENCE = 30_000; // ms for one answer
  const FIRST_WAIT = 2_000, LONGEST_WAIT = 300_000, ASK_AGAIN = 600_000; // the last for what is held
  const HERS = ["refused", "returned"], STATES = ["kept", "already", "held", ...HERS]; // hers: it is her turn
  const events = new EventTarget(), others = self.BroadcastChannel && new BroadcastChannel("outbox");
  const read = new Map(); // what is open already: what this page wrote, and what the key has opened
  let queued = null, most = MOST, failures = 0, timer = 0, notBefore = 0;

  const emit = (type, detail = {}) => events.dispatchEvent(new CustomEvent(type, { detail }));
  const tell = (type, detail) => { emit(type, detail); others?.postMessage({ type, detail }); };
  self.addEventListener("locked", () => read.clear());
  if (others) others.onmessage = ({ data }) => emit(data.type, data.detail);

  const disk = shelf("outbox", { entries: { keyPath: "seq", autoIncrement: true, unique: "id" }, photos: { keyPath: "sha" }, meta: {} });
  const rows = () => disk.all("entries");
  // Rows as they are now, but for those that were mended or deleted meanwhile; `photos` go with the kept
  const write = (changed, photos = []) => disk.within(["entries", "photos"], "readwrite", (entries, pictures) => {
    changed.forEach((row) => {
      entries.get(row.seq).onsuccess = ({ target: { result } }) => result?.rev === row.rev && entries.put(row);
    });
    photos.forEach((sha) => pictures.delete(sha));
  });

  async function sealedPhoto(blob, author) {
    const bytes = await blob.arrayBuffer(), sha = await seal.digest(bytes);
    return { sha, owner: author.user, state: "waiting", type: blob.type, sealed: await seal.to(author.box, bytes) };
  }

  // Keeps `entry` (id, kind, subject, fields, form, label) sealed for its author {user, box}.
  // An entry that is mended keeps its id, its place and the time it was first written.
  async function put(entry, author, blobs = []) {
    const photos = await Promise.all(blobs.map((blob) => sealedPhoto(blob, author)));
    const after = (await disk.get("meta", "contact"))?.server;
    const whole = { recorded_at: new Date().toISOString(), after, ...entry };
    whole.photos = [...new Set([...(entry.photos ?? []), ...photos.map((photo) => photo.sha)])];
    const sealed = await seal.to(author.box, JSON.stringify(whole));
    const row = { id: entry.id, rev: shelf.newId(), owner: author.user, state: "waiting", gone: false, photos: whole.photos, sealed };
    await disk.within(["entries", "photos"], "readwrite", (entries, pictures) => {
      photos.forEach((photo) => pictures.put(photo));
      const before = entries.index("id").getKey(entry.id);
      before.onsuccess = () => entries.put(before.result ? { ...row, seq: before.result } : row);
    });
    read.set(nameOf(row), { ...whole, answer: null });
    tell("changed");
  }

  const nameOf = ({ rev, state, asked }) => `${rev} ${state} ${asked}`;
  const shut = ({ id, seq, state, gone, owner }) => ({ id, seq, state, gone, owner, locked: true });
  // What lies in a row; what this key does not open stays shut and waits for the right one
  async function openedRow(row, key) {
    const known = nameOf(row);
    const open = async (sealed) => (sealed ? JSON.parse(await seal.open(key.box, sealed)) : null);
    try {
      if (!key && !read.has(known)) return shut(row);
      if (!read.has(known)) read.set(known, { ...(await open(row.sealed)), answer: await open(row.answer) });
      return { ...read.get(known), state: row.state, gone: row.gone, seq: row.seq, owner: row.owner, kept_at: row.kept_at };
    } catch {
      return shut(row);
    }
  }

  // What its author wrote, the oldest first; where the phone is locked only that it is there
  async function list() {
    const key = await seal.unlocked(), all = await rows();
    return Promise.all(all.filter((row) => !key || row.owner === key.user).map((row) => openedRow(row, key)));
  }

  // How many of hers are still on their way, or wait for her to mend them
  async function count(user) {
    const owner = user || (await seal.unlocked())?.user;
    const open = (row) => row.state === "waiting" || HERS.includes(row.state);
    return (await rows()).filter((row) => open(row) && (!owner || row.owner === owner)).length;
  }

  // One sender for all tabs and the service worker; whoever comes meanwhile waits for one more round
  function send() {
    const work = () => { queued = null; return drain(); }, lost = () => { queued = null; return trouble("storage"); };
    return (queued ??= Promise.resolve().then(() => navigator.locks?.request("outbox", work) ?? work()).catch(lost));
  }

  async function drain() {
    const setAside = new Set(); // ids and subjects behind an entry that the server fails at
    while (Date.now() >= notBefore) {
      if (!(await rows()).some(isDue)) return done();
      const key = (await seal.unlocked()) ?? (await seal.fetchKey().catch(() => trouble("offline")));
      if (key === null) tell("signin");
      if (!key) return false;
      const batch = await nextBatch(key, setAside);
      if (!batch.length) return setAside.size ? later() : done();
      if (!(await sendPhotos(batch, key)) || !(await sendBatch(batch, key, setAside))) return false;
    }
    return later();
  }

  const isDue = (row) => row.state === "waiting" || (row.state === "held" && Date.now() - row.asked > ASK_AGAIN);
  async function nextBatch(key, setAside) {
    const due = (await rows()).filter((row) => row.owner === key.user && isDue(row));
    const batch = [];
    let room = MOST_BYTES;
    for (const row of due) {
      room -= row.sealed.byteLength;
      if (batch.length && (batch.length === most || room < 0)) break;
      const entry = { ...(await openedRow(row, key)), photos: row.photos, row };
      if (entry.locked) continue;
      if (!aboutOf(entry).some((about) => setAside.has(about))) batch.push(entry);
      else setAside.add(entry.id); // what builds on it waits as well
    }
    return batch;
  }

  const device = async () => (await disk.get("meta", "device")) ?? (await disk.put("meta", shelf.newId(), "device"), device());
  const aboutOf = ({ id, subject }) => [id, ...Object.values(subject), JSON.stringify(subject)];

  // Photos go first. One that the server cannot take is left behind: the entry does not wait for it.
  async function sendPhotos(batch, key) {
    for (const [entry, sha] of batch.flatMap((entry) => entry.photos.map((sha) => [entry, sha]))) {
      const photo = await disk.get("photos", sha);
      if (photo?.state === "waiting" && !(await sendPhoto(photo, key))) return false;
      if (photo?.state === "refused") entry.photos = entry.photos.filter((one) => one !== sha);
    }
    return true;
  }

  async function sendPhoto(photo, key) {
    const body = await seal.openBytes(key.box, photo.sealed);
    const answer = await ask(`/sync/photos/${photo.sha}`, { method: "PUT", body, headers: { "Content-Type": photo.type || "image/jpeg" } }, key);
    const refused = [400, 413, 415, 422].includes(answer?.status);
    if (!answer || !(answer.ok || refused)) return answer ? faulty(answer) : false;
    photo.state = refused ? "refused" : "sent";
    await disk.put("photos", photo);
    if (refused) tell("photo", { sha: photo.sha, why: answer.json.why });
    return true;
  }

  async function sendBatch(batch, key, setAside) {
    const entries = batch.map(({ id, kind, recorded_at, after, subject, fields, form, photos }) =>
      ({ id, kind, recorded_at, after, subject, fields, form, photos }));
    const body = JSON.stringify({ device: await device(), sent_at: new Date().toISOString(), entries });
    const first = batch.filter(({ row }) => !row.gone).map(({ row }) => Object.assign(row, { gone: true }));
    if (first.length) await write(first); // from here on they may have arrived, whatever we hear
    const answer = await ask("/sync", { method: "POST", body, headers: { "Content-Type": "application/json" } }, key);
    if (!answer) return false;
    const { ok, status, json } = answer, tooMuch = status === 413 || (status === 400 && json.why);
    if (ok) return settle(json, batch, key);
    if (batch.length > 1 && (tooMuch || status === 500)) return Boolean(most = Math.ceil(batch.length / 2));
    if (tooMuch) return settle({ receipts: [{ id: batch[0].id, state: "refused", ...json }] }, batch, key);
    if (status !== 500) return faulty(answer);
    aboutOf(batch[0]).forEach((about) => setAside.add(about));
    return true;
  }

  // The answer of our server, or false where there was none: no network, or somebody else's page
  async function ask(url, request, key) {
    const cut = new AbortController(), bell = setTimeout(() => cut.abort(), PATIENCE);
    const headers = { ...request.headers, "X-Author": key.user };
    try {
      const response = await fetch(url, { ...request, headers, redirect: "manual", cache: "no-store", signal: cut.signal });
      const json = await response.json().catch(() => null);
      if (response.ok ? !json : !response.status) return trouble("foreign");
      if (response.ok) await heard(json);
      return { ok: response.ok, status: response.status, json: json ?? {}, wait: response.headers.get("Retry-After") };
    } catch {
      return trouble("offline");
    } finally {
      clearTimeout(bell);
    }
  }

  async function heard({ at, clock_off: off = 0 }) {
    if (at) await disk.put("meta", { server: at, local: Date.now() }, "contact");
    await seal.contact();
    tell("contact", { off });
  }

  // What each entry became, in one transaction; what is kept needs its photos no more
  async function settle({ receipts = [], at }, batch, key) {
    const sent = new Map(batch.map((entry) => [entry.id, entry]));
    const told = receipts.filter(({ id, state }) => sent.has(id) && STATES.includes(state));
    if (!told.length) return trouble("foreign");
    const settled = await Promise.all(told.map(async ({ id, ...answer }) => {
      const { row } = sent.get(id), state = answer.state === "already" ? "kept" : answer.state;
      const sealed = await seal.to(key.public, JSON.stringify(answer));
      return { ...row, state, asked: Date.now(), kept_at: at, answer: sealed };
    }));
    await write(settled, settled.flatMap(({ state, photos }) => (state === "kept" ? photos : [])));
    [most, failures] = [Math.min(MOST, most * 2), 0];
    settled.forEach(({ id, state }) => tell("receipt", { id, state }));
    tell("changed");
    return true;
  }

  async function faulty({ status, json, wait }) {
    const signedOut = status === 401 && json.signed_out;
    if (signedOut || status === 409) await seal.lock(); // 409: somebody else has signed in, her key comes next
    if (signedOut) return tell("signin") ?? false;
    return trouble(status === 507 ? "full" : "server", { why: json.why, wait: Number(wait) });
  }

  function trouble(kind, { why, wait } = {}) {
    tell("trouble", { kind, why });
    if (wait) notBefore = Date.now() + wait * 1000;
    return later();
  }

  // 2 s, 4 s, … 5 min, each shortened by chance so that phones do not come all at once
  function later() {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++);
    const wait = Math.max(longest * (0.5 + Math.random() / 2), notBefore - Date.now());
    clearTimeout(timer);
    timer = setTimeout(send, wait);
    return false;
  }

  const done = () => { clearTimeout(timer); failures = 0; return true; };
  async function retry(id) {
    const row = (await rows()).find((one) => one.id === id);
    await disk.put("entries", { ...row, asked: 0, state: row.state === "held" ? "held" : "waiting" });
    notBefore = 0;
    return send();
  }

  async function drop(id) {
    const all = await rows(), row = all.find((one) => one.id === id);
    const elsewhere = all.filter((one) => one !== row).flatMap(({ photos }) => photos);
    await disk.within(["entries", "photos"], "readwrite", (entries, photos) => {
      row.photos.filter((sha) => !elsewhere.includes(sha)).forEach((sha) => photos.delete(sha));
      entries.delete(row.seq);
    });
    tell("changed");
  }

  // What was kept by `at` (server time) is on the pages fetched since, and need not be shown from here
  const forget = (at) => disk.within(["entries"], "readwrite", (entries) => {
    entries.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.state === "kept" && Date.parse(cursor.value.kept_at) <= Date.parse(at)) cursor.delete();
      cursor.continue();
    };
  });

  const keepPhoto = (blob, author) => sealedPhoto(blob, author).then((photo) => disk.put("photos", photo));
  return { events, put, keepPhoto, list, count, send, retry, drop, forget, disk };
})();
