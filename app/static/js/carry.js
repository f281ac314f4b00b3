// The outbox as a file: sealed as it lies on the phone, to be taken in again on any phone of its
// author. For somebody whose phone is full, broken or given back.
"use strict";

outbox.exported = async (ids) => {
  const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  const shown = (row) => ({ ...row, seq: undefined, answer: undefined, sealed: base64(row.sealed) });
  const entries = (await outbox.disk.all("entries")).filter((row) => row.state !== "kept" && (!ids || ids.includes(row.id)));
  const wanted = new Set(entries.flatMap((row) => row.photos));
  const photos = (await outbox.disk.all("photos")).filter((photo) => wanted.has(photo.sha));
  return JSON.stringify({ shouwang: 1, entries: entries.map(shown), photos: photos.map(shown) });
};

// How many entries of the file were new to this phone
outbox.take = async (text) => {
  const { entries, photos } = JSON.parse(text);
  const known = new Set((await outbox.disk.all("entries")).map((row) => row.id));
  const fresh = entries.filter((row) => !known.has(row.id));
  const bytes = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer;
  const back = (row) => ({ ...row, state: "waiting", sealed: bytes(row.sealed) });
  await outbox.disk.within(["entries", "photos"], "readwrite", (store, pictures) => {
    photos.forEach((photo) => pictures.put(back(photo)));
    fresh.forEach((row) => store.add(back(row)));
  });
  outbox.events.dispatchEvent(new CustomEvent("changed"));
  return fresh.length;
};
