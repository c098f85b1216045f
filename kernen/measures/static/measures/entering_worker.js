// The form for one figure opens where there is no connection, as it was last shown at exactly that
// address. Each form has a worker and a cache of its own, named by whom it was shown to and by its
// path. The network comes first, always. Kept are the page, and its style, scripts and type; no
// answer but a page is ever given from there. One that the server shows no more is forgotten.
"use strict";

const KEPT = "kernen.page";
const DAYS = 7; // as long as what is typed on it waits
const PATIENCE = 10_000; // milliseconds that the network has, where a kept page can be shown
const KEY = "kernen.key"; // what is kept says this for the key of a mailed link
const PARTS = ["style", "script", "font", "image"];
const path = new URL(registration.scope).pathname;
const keyIn = (address) => new URL(address).searchParams.get("key");

const ours = async () =>
  (await caches.keys()).filter((name) => name.startsWith(`${KEPT} `) && name.endsWith(` ${path}`));

async function forget(but = "") {
  for (const name of await ours()) if (name !== but) await caches.delete(name);
}

// Where the page of an address lies: by a digest, so that the key of a link stands nowhere.
async function place(address) {
  const said = new TextEncoder().encode(new URL(address).search);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", said));
  return `${path}?${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

async function keep(address, answer, text) {
  const name = `${KEPT} ${/data-keeps="(\w+)"/.exec(text)[1]} ${path}`;
  await forget(name);
  const key = keyIn(address);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", Date.now());
  const page = new Response(key ? text.replaceAll(key, KEY) : text, { headers });
  await (await caches.open(name)).put(await place(address), page);
}

// The page of the address as it was kept, which says so; nothing if there is none.
async function look(address) {
  const [name] = await ours();
  const found = name && (await (await caches.open(name)).match(await place(address)));
  if (!found) return null;
  if (Date.now() - found.headers.get("X-Kept-At") > DAYS * 24 * 60 * 60 * 1000) {
    await forget();
    return null;
  }
  const text = (await found.text()).replaceAll(KEY, keyIn(address));
  return new Response(text.replace("data-keeps=", "data-old data-keeps="), { headers: found.headers });
}

// What the server said of the page: one that it shows is kept, one that it shows no more is not.
async function mind(method, address, answer) {
  if (answer.status === 429 || answer.status >= 500) return;
  const here = answer.ok && new URL(answer.url || address).pathname === path;
  const text = here ? await answer.text() : "";
  const shown = text.includes("data-keeps=");
  const told = method === "GET" || answer.redirected;
  if (shown && told) await keep(answer.url || address, answer, text);
  else if (!shown && (told || answer.status === 404 || answer.status === 410)) await forget();
}

async function page(event) {
  const { request } = event;
  const opens = request.mode === "navigate" && request.method === "GET";
  const old = opens && (await look(request.url));
  const late = (_, give_up) => old && setTimeout(give_up, PATIENCE);
  try {
    const answer = await Promise.race([fetch(request), new Promise(late)]);
    if (old && [502, 503, 504].includes(answer.status)) return old;
    event.waitUntil(mind(request.method, request.url, answer.clone()));
    return answer;
  } catch (error) {
    if (old) return old;
    throw error;
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}

// The page says what it is made of; when it is shown for the first time, or when what it shows has
// come by its script, it also asks for itself to be kept.
async function stock({ page, parts }) {
  if (page) await mind("GET", page, await fetch(page));
  for (const name of await ours()) {
    const cache = await caches.open(name);
    const there = (await cache.keys()).map(({ url }) => url).filter((url) => !url.includes(`${path}?`));
    for (const url of there) if (!parts.includes(url)) await cache.delete(url, { ignoreVary: true });
    await cache.addAll(parts.filter((url) => !there.includes(url)));
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(stock(event.data).catch(() => {})));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin) return;
  if (pathname === path) event.respondWith(page(event));
  else if (PARTS.includes(event.request.destination)) event.respondWith(part(event.request));
});
