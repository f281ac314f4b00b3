// Pushes. Every one of them shows a notification: iOS takes the subscription away after three that
// do not. What it says comes from app/notify/channels/sealing.py. For the service worker.
"use strict";

self.push = (() => {
  async function show(data) {
    const { notification, app_badge: n } = read(data), { title, navigate, data: more, ...rest } = notification ?? {};
    navigator.setAppBadge?.(n).catch(() => {});
    const shown = { icon: shell.icon, renotify: Boolean(rest.tag), ...rest, data: { navigate, ...more } };
    await registration.showNotification(title ?? shell.news, shown);
    if (more?.parcel) await fetch(`/arrivals/${more.parcel}`, { method: "POST" }).catch(() => {});
  }

  function read(data) {
    try {
      return data.json() ?? {};
    } catch {
      return {};
    }
  }

  // The page that is open on it already, else one more: what is half-written elsewhere stays open
  async function open(navigate) {
    const { pathname, search } = new URL(navigate ?? "/", location), all = await clients.matchAll({ type: "window" });
    const there = all.find(({ url }) => url === location.origin + pathname + search);
    return there ? there.focus() : clients.openWindow(pathname + search);
  }

  // 完成 is written down like the tap on a page, by whom it was sent to; else the page is opened
  async function done({ entry, navigate }) {
    const author = await outbox.disk.get("meta", "author");
    if (!entry || author?.user !== entry.user) return open(navigate);
    await outbox.put({ id: shelf.newId(), ...entry }, author);
    return outbox.send();
  }

  // Where this phone is reached: browsers change it, and lose it, without a word
  async function tell(lost) {
    const { pushManager: home } = registration;
    const found = (await home?.getSubscription()) ?? (lost && await reach.made(home, lost.options.applicationServerKey));
    if (found || lost) await reach.tell(found, home);
  }

  addEventListener("push", (event) => event.waitUntil(show(event.data)));
  addEventListener("pushsubscriptionchange", (event) => event.waitUntil(tell(event.oldSubscription)));
  addEventListener("notificationclick", (event) => {
    const { action, notification } = event, { data } = notification;
    notification.close();
    if (action !== "later") event.waitUntil(action ? done(data) : open(data.navigate));
  });

  return { tell };
})();
