// Where this phone is reached by web push, told to the server. It answers with the key by which push
// services know it: an address that was made for another key is made anew. For 提醒方式 and the
// service worker.
"use strict";

self.reach = (() => {
  const LONGEST = 10_000; // ms: behind a blocked push service a browser never answers
  const written = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  async function say(told) {
    const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) };
    return (await fetch("/subscription", request)).json();
  }

  // A new address; null where the browser gives none
  function made(home, key) {
    const late = new Promise((resolve) => { setTimeout(resolve, LONGEST, null); });
    return Promise.race([home.subscribe({ userVisibleOnly: true, applicationServerKey: key }), late]).catch(() => null);
  }

  // What the server says to an address, or to that there is none
  async function tell(found, home) {
    const bytes = found?.options?.applicationServerKey, key = bytes && written(bytes);
    const answer = await say(found ? { ...found.toJSON(), key } : { push: "silent" });
    if (!key || answer.push || answer.key === key) return answer;
    await found.unsubscribe();
    return tell(await made(home, answer.key), home);
  }

  return { say, made, tell };
})();
