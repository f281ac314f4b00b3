// 提醒方式: asks the browser for pushes after a tap, and says in words what came of it. Behind a
// blocked push service a browser never answers, so it is given ten seconds.
"use strict";

(() => {
  const LONGEST = 10_000;
  const here = document.getElementById("this-phone"), { key } = here.dataset;
  const on = document.getElementById("push-on"), off = document.getElementById("push-off");
  const lines = [...here.querySelectorAll("[data-said]")];
  const able = self.isSecureContext && "serviceWorker" in navigator && "PushManager" in self && "Notification" in self;

  function say(what, words) {
    for (const line of lines) line.hidden = line.dataset.said !== what;
    if (words) lines.find((line) => line.dataset.said === what).querySelector("span").textContent = words;
    on.hidden = ["on", "asking"].includes(what);
    off.hidden = what !== "on";
  }

  async function tell(told) {
    const request = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) };
    const response = await fetch("/subscription", request);
    const { push, why } = await response.json();
    return push ? say(push) : say("refused", why);
  }

  const home = () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(() => navigator.serviceWorker.ready);

  const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const isOurs = ({ options }) => !options?.applicationServerKey || base64url(options.applicationServerKey) === key;

  // What it has already, unless that was for another key; else a new one
  async function subscribed() {
    const { pushManager } = await home(), known = await pushManager.getSubscription();
    if (known && isOurs(known)) return known;
    await known?.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  async function ask() {
    say("asking");
    if (!able) return tell({ push: "unable" });
    if ((await Notification.requestPermission()) !== "granted") return tell({ push: "denied" });
    const late = new Promise((_, reject) => { setTimeout(reject, LONGEST, new Error("silent")); });
    const found = await Promise.race([subscribed(), late]).catch(() => null);
    return tell(found ? { ...found.toJSON(), key } : { push: "silent" });
  }

  async function leave() {
    const { pushManager } = await home();
    await (await pushManager.getSubscription())?.unsubscribe();
    return tell({ push: "off" });
  }

  // Nobody answers: the line in the page that the network speaks for itself is said by the browser
  const orOffline = (work) => () => work().catch(() => say("refused", here.dataset.offline));

  // As it is now, which may be another than what was said before
  async function start() {
    const registration = able && (await navigator.serviceWorker.getRegistration());
    const found = registration && Notification.permission === "granted" && (await registration.pushManager.getSubscription());
    if (found && isOurs(found)) return tell({ ...found.toJSON(), key });
    if (able && Notification.permission === "denied") return say("denied");
    say(able ? lines.find((line) => !line.hidden && line.dataset.said !== "on")?.dataset.said : "unable");
  }

  on.addEventListener("click", orOffline(ask));
  off.addEventListener("click", orOffline(leave));
  orOffline(start)();
})();
