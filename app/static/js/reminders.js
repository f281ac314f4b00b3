// 提醒方式: asks the browser for pushes after a tap, and says in words what came of it (js/reach.js).
"use strict";

(() => {
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

  const sayOf = async (answering) => {
    const { push, why } = await answering;
    return push ? say(push) : say("refused", why);
  };

  const home = async () => (await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(() => navigator.serviceWorker.ready)).pushManager;

  async function ask() {
    say("asking");
    if (!able) return sayOf(reach.say({ push: "unable" }));
    if ((await Notification.requestPermission()) !== "granted") return sayOf(reach.say({ push: "denied" }));
    const pushes = await home();
    return sayOf(reach.tell((await pushes.getSubscription()) ?? (await reach.made(pushes, key)), pushes));
  }

  async function leave() {
    await (await (await home()).getSubscription())?.unsubscribe();
    return sayOf(reach.say({ push: "off" }));
  }

  // Nobody answers: the line in the page that the network speaks for itself is said by the browser
  const orOffline = (work) => () => work().catch(() => say("refused", here.dataset.offline));

  // As it is now, which may be another than what was said before
  async function start() {
    const pushes = able && (await navigator.serviceWorker.getRegistration())?.pushManager;
    const found = pushes && Notification.permission === "granted" && (await pushes.getSubscription());
    if (found) return sayOf(reach.tell(found, pushes));
    if (able && Notification.permission === "denied") return say("denied");
    say(able ? lines.find((line) => !line.hidden && line.dataset.said !== "on")?.dataset.said : "unable");
  }

  on.addEventListener("click", orOffline(ask));
  off.addEventListener("click", orOffline(leave));
  orOffline(start)();
})();
