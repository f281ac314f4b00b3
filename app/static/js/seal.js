// Nothing readable lies on the phone's disk. What is written down is sealed to its author's
// public key, so that saving needs no secret; opening it, and reading the pages kept for
// a stairwell without signal, needs the key that the server gives to a signed-in person.
// Losing that key is what locks the phone. Used by the pages and by the service worker.
"use strict";

self.seal = (() => {
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  const POINT = 65, IV = 12; // bytes of an uncompressed point and of a nonce
  const HOUR = 3600_000;
  const text = new TextEncoder(), read = new TextDecoder();

  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const fromBase64 = (written) => Uint8Array.from(atob(written), (one) => one.charCodeAt(0));

  async function digest(bytes) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function encrypt(key, plain) {
    const iv = random(IV);
    const bytes = typeof plain === "string" ? text.encode(plain) : plain;
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
    return new Blob([iv, sealed]).arrayBuffer();
  }

  async function decryptBytes(key, sealed) {
    const bytes = new Uint8Array(sealed);
    return crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.subarray(0, IV) }, key, bytes.subarray(IV));
  }

  const decrypt = async (key, sealed) => read.decode(await decryptBytes(key, sealed));

  async function shared(own, theirs) {
    const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
    const secret = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
    const way = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode("shouwang box") };
    return crypto.subtle.deriveKey(way, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  const pointOf = (bytes) => crypto.subtle.importKey("raw", bytes, CURVE, false, []);

  // one-time point ‖ nonce ‖ ciphertext: only the owner of `box` (base64) opens it
  async function to(box, plain) {
    const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
    const key = await shared(own.privateKey, await pointOf(fromBase64(box)));
    return new Blob([await crypto.subtle.exportKey("raw", own.publicKey), await encrypt(key, plain)]).arrayBuffer();
  }

  async function openBytes(box, sealed) {
    const key = await shared(box, await pointOf(sealed.slice(0, POINT)));
    return decryptBytes(key, sealed.slice(POINT));
  }

  const open = async (box, sealed) => read.decode(await openBytes(box, sealed));

  // --- the key, and the pages that it opens (js/pack.js), each in a database of its own

  const keys = shelf("key", { key: {} }), packs = shelf("pack", { rows: { keyPath: "path" }, meta: {} });

  async function lock() {
    await Promise.all([keys.wipe(), packs.wipe()]);
    self.dispatchEvent(new Event("locked"));
  }

  // A clock that was set back by more than an hour tells nothing of how long ago the contact was
  const isOver = (key) => Date.now() > key.until || Date.now() < key.at - HOUR;

  // The key of whoever may read on this phone now, or null; a key whose time is over is gone
  async function unlocked() {
    const key = await keys.get("key", "now");
    if (key && !isOver(key)) return key;
    if (key) await lock();
    return null;
  }

  // Every answer of the server to the signed-in person lets her read on for one shift
  async function contact() {
    const key = await unlocked();
    if (!key) return;
    const at = Date.now();
    await keys.put("key", { ...key, at, until: at + key.hours * HOUR }, "now");
  }

  // Asks the server for the key of the signed-in person: the answer, or null where it gives none
  async function fetchKey() {
    const response = await fetch("/phone/key", { redirect: "manual", cache: "no-store" });
    if (!response.ok) return null;
    const given = await response.json();
    const before = await unlocked();
    if (before && before.user !== given.user) await lock();
    const box = await crypto.subtle.importKey("jwk", given.box.private, CURVE, false, ["deriveBits"]);
    const pack = await crypto.subtle.importKey("raw", fromBase64(given.pack), "AES-GCM", false, ["encrypt", "decrypt"]);
    const at = Date.now(), hours = given.hours;
    const key = { user: given.user, box, pack, public: given.box.public, hours, at, until: at + hours * HOUR };
    await keys.put("key", key, "now");
    return key;
  }

  // Only where a page is served safely (https, or this very machine)
  const able = Boolean(self.crypto?.subtle && self.indexedDB);

  return { able, packs, digest, to, open, openBytes, encrypt, decrypt, unlocked, contact, fetchKey, lock };
})();
