// A database of the phone (IndexedDB) as a few named stores. What is put there is on the disk
// when the promise resolves. Used by the pages and by the service worker.
"use strict";

self.shelf = (name, stores) => {
  let handle = null;

  const opened = () => (handle ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => Object.entries(stores).forEach(([store, options]) => {
      const made = request.result.createObjectStore(store, options);
      if (options.unique) made.createIndex(options.unique, options.unique, { unique: true });
    });
    request.onerror = () => { handle = null; reject(request.error); };
    request.onsuccess = () => {
      const db = request.result;
      db.onclose = () => { handle = null; };
      // somebody wants to delete it: whoever holds it open would make them wait
      db.onversionchange = () => { handle = null; db.close(); };
      resolve(db);
    };
  }));

  // One transaction over `names`; `work` gets the stores and may return a request, whose result
  // is given. A connection that was closed under us (iOS does so, and a browser short of
  // memory) is opened again, once.
  async function within(names, mode, work, again = true) {
    const db = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const change = db.transaction(names, mode, { durability: "strict" });
        const asked = work(...names.map((one) => change.objectStore(one)));
        change.oncomplete = () => resolve(asked?.result);
        change.onabort = () => reject(change.error ?? asked?.error);
      });
    } catch (error) {
      if (!again || error?.name !== "InvalidStateError") throw error;
      handle = null;
      return within(names, mode, work, false);
    }
  }

  const get = (store, key) => within([store], "readonly", (one) => one.get(key));
  const all = (store) => within([store], "readonly", (one) => one.getAll());
  const put = (store, value, key) => within([store], "readwrite", (one) => one.put(value, key));

  // Deleting the whole database leaves nothing readable behind; clearing a store would
  const wipe = () => new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });

  return { within, get, all, put, wipe };
};

// UUIDv7 for what is put there: sorts by the time it was made (RFC 9562)
self.shelf.newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, (BigInt(Date.now()) << 16n) | 0x7000n | BigInt((bytes[6] & 15) << 8 | bytes[7]));
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
