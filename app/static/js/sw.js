// The service worker: a page comes from the server; where that does not answer, from the pack on
// the phone. In front of this stand the version and files of the shell, the scripts shared with
// the pages, and share_target.js, pack.js, reach.js and push_worker.js (app/web/pwa.py, bundles.py).
"use strict";

const CACHE = `shell-${shell.version}`;
const PATIENCE = 3_000, EVERY = 60_000; // ms: how long a page is waited for; how often the pack is renewed
const AWAY = [502, 503, 504]; // somebody before our server says that it is not there
const PASSED = /^\/(record(\/.*)?|residents|sign-in)?$/; // no pages to come back to
const { disk, events } = outbox, net = self.fetch.bind(self);
let renewed = 0, told = 0; // told: for whom the server knows where this phone is pushed to

addEventListener("install", (event) => event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(shell.files))));

addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
  await pack.refresh();
})()));

addEventListener("message", ({ data }) => data === "skipWaiting" && skipWaiting());
addEventListener("sync", (event) => event.waitUntil(outbox.send()));
events.addEventListener("receipt", () => { renewed = 0; });

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url), isPost = request.method === "POST";
  if (url.origin !== location.origin) return;
  if (/^\/(static|bundles)\//.test(url.pathname)) event.respondWith(fromShell(request));
  else if (isPost && url.pathname === "/shared-photos") event.respondWith(sharedPhotos(request));
  else if (isPost && url.pathname === "/sign-out") event.respondWith(signedOut(request));
  else if (request.mode === "navigate" || request.headers.has("HX-Request")) event.respondWith(answered(event, url));
  else event.respondWith(fetch(request).catch(later)); // the scripts of a page judge for themselves
});

// Background Sync, where the browser has it: it wakes us when there is a network again
async function later(error) {
  await registration.sync?.register("outbox").catch(() => {});
  throw error;
}

async function fromShell(request) {
  const known = await caches.match(request);
  return known ?? fetch(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error());
}

// --- the server, or the phone

async function answered(event, url) {
  const { request } = event, isRead = request.method === "GET", isPage = request.mode === "navigate";
  const copy = isRead ? request : request.clone();
  const asked = fromServer(event, url);
  const quick = (isPage && isRead) || url.pathname === "/residents";
  const soon = await Promise.race(quick ? [asked, new Promise((resolve) => setTimeout(resolve, PATIENCE, null))] : [asked]);
  return soon ?? (await fromPhone(copy, url)) ?? (await asked) ?? notThere(request);
}

// What our server says; null where it is not reached, or another answers in its place
async function fromServer(event, url) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return null;
  }
  if (response.type === "opaqueredirect") return response;
  if (!isOurs(response) || AWAY.includes(response.status)) return null;
  await meet(event, url, Number(response.headers.get("X-Shouwang").split(" ")[1]), response.ok);
  return response;
}

const isOurs = (response) => response.headers.has("X-Shouwang");

// `user`: whom the server sees; NaN where nobody is signed in. Somebody else sees nothing of hers.
async function meet(event, url, user, ok) {
  const key = await seal.unlocked();
  const isSignIn = !user && ok && url.pathname === "/sign-in" && event.request.method === "GET";
  if (isSignIn || (user && key && key.user !== user)) await forget();
  if (user && Date.now() - renewed > EVERY) event.waitUntil(renew(user));
}

async function renew(user) {
  renewed = Date.now();
  if (told !== user) await push.tell().catch(() => {});
  told = user;
  await seal.contact();
  await outbox.send();
  if (!(await pack.refresh())) renewed = 0;
}

async function fromPhone(request, url) {
  if (request.method === "GET") return request.mode === "navigate" ? pageOf(request, url) : Response.error();
  if (url.pathname !== "/residents") return request.mode === "navigate" ? said("needs", request) : refused(url);
  const form = await request.formData();
  const html = await pack.search(form.get("find") ?? "", form.get("kind") ?? "");
  return html && answer(html);
}

async function pageOf(request, url) {
  const html = await pack.page(pathOf(url), backOf(request));
  if (html) return answer(html);
  const open = !(await seal.unlocked()) && (await caches.match(url.pathname, { cacheName: "open" }));
  return open ? answer((await open.text()).replaceAll("⟦back⟧", "/record").replaceAll("⟦at⟧", "")) : null;
}

// The address as the pack has it: without what concerns only the moment
function pathOf({ pathname, searchParams }) {
  const query = new URLSearchParams(searchParams);
  for (const name of ["outbox", "entry", "photo", "seen"]) query.delete(name);
  const kind = pathname === "/residents" && query.get("kind");
  if (kind) return `/record/${kind}`;
  return [pathname === "/" ? "/today" : pathname, query].join(query.size ? "?" : "");
}

function backOf({ referrer }) {
  const { pathname, search } = new URL(referrer || "/", location);
  return PASSED.test(pathname) ? "/" : pathname + search;
}

// --- pages that say why there is none

async function notThere(request) {
  const key = await seal.unlocked(), author = await disk.get("meta", "author");
  return said(key ? "missing" : author ? "locked" : "nobody", request);
}

async function said(why, request) {
  const page = await shellPage();
  return answer(page.replace('data-why=""', `data-why="${why}"`).replaceAll('href="/" data-back=""', `href="${backOf(request)}"`));
}

// A part of a page that wanted something of the server: said above, the rest stays as it is
async function refused({ pathname }) {
  if (pathname.startsWith("/drafts/")) return Response.error();
  const [, words] = (await shellPage()).match(/<template id="needs-words">([^]*?)<\/template>/);
  return answer(words, { "HX-Retarget": "#said", "HX-Reswap": "afterbegin" });
}

const shellPage = async () => (await pack.page("!/offline", "")) ?? (await caches.match("/offline")).text();
const answer = (html, more) => new Response(html, { headers: { ...shell.headers, ...more } });

// --- signing out: here at once, at the server as soon as it is reached

async function signedOut(request) {
  await forget();
  const response = await net(request).catch(() => null);
  if (response && (response.type === "opaqueredirect" || isOurs(response))) return response;
  await disk.put("meta", true, "sign_out_due");
  return said("left", request);
}

async function forget() {
  renewed = told = 0;
  await seal.lock();
  await caches.delete("open");
  await disk.put("meta", undefined, "author");
}

// Nothing is asked in the name of somebody who has signed out
self.fetch = async (...asked) => {
  if (await disk.get("meta", "sign_out_due")) {
    if (!isOurs(await net("/sign-out", { method: "POST" }))) throw new TypeError("still signed in");
    await disk.put("meta", false, "sign_out_due");
  }
  return net(...asked);
};
