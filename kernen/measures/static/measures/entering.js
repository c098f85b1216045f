// A figure that is typed in where the connection drops. What is sent is first kept on the phone,
// under the mark of the one to whom the page is shown, and goes away when the server has it. One
// figure waits for each period of a series: a later one takes the place of an earlier. The form has
// a key of its own, so that what arrives twice counts once, and says what stood when it was drawn,
// so that what somebody else gave meanwhile is asked about. Without script it is sent as any other.
// Where there is no connection to open the page by, `entering_worker.js` shows it as it was last; and
// `kept.js` knows all that waits.
"use strict";

const QUIET = 2_000; // milliseconds that sending may take before anything is said of it
const AGAIN = 20_000; // milliseconds until it is tried again
const SOON = [0, 1_500, 5_000]; // and where the connection is said to be back: it may not be quite
const OURS = ["csrfmiddlewaretoken", "typed_by"]; // taken from a fresh page when it is sent

const STATIC = new URL("..", document.currentScript.src).href;
const root = () => document.querySelector("[data-keeps]");
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
let sending = false;
let opens = ""; // one that is to be opened as soon as nothing is on its way
let back = false; // the connection came while an attempt without it had not ended yet

const mine = () =>
  stored().filter((item) => item.whose === root()?.dataset.keeps && item.page === location.pathname);

// Whether what is filled in is kept now; a browser may refuse.
function keep(form, pressed) {
  const fields = [...new FormData(form, pressed)].filter(([name]) => !OURS.includes(name));
  const typed = [...form.querySelectorAll(".figure")].map((field) => field.value).filter(Boolean);
  const item = {
    whose: root().dataset.keeps,
    page: location.pathname,
    period: form.elements.period.value,
    at: Date.now(),
    of: root().dataset.of,
    what: [form.dataset.figure, typed.join("/")].filter(Boolean).join(": "),
    fields,
  };
  const name = KEPT + form.elements.key.value;
  try {
    localStorage.setItem(name, JSON.stringify(item));
  } catch {
    return false;
  }
  const earlier = mine().filter((other) => other.period === item.period && other.name !== name);
  for (const other of earlier) localStorage.removeItem(other.name);
  return true;
}

// Whether it is still what waits: another may have been typed in its place meanwhile.
const waits = (item) =>
  mine().some((now) => now.name === item.name && String(now.fields) === String(item.fields));

// The page as the server draws it now; whoever cannot be reached throws.
async function reach(options) {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(AGAIN), ...options });
  if (answer.status === 429 || answer.status >= 500) throw new Error(answer.statusText);
  return { page: parse(await answer.text()), moved: answer.redirected, url: answer.url };
}

// Send one: "sent"; "asked" where the answer is on the page, "held" where it waits to be opened;
// "another" where somebody else, or nobody, is signed in; "replaced" where it waits no more. The
// fresh page says who that is, and has a token that holds. What the server asks about, or refuses,
// waits to be answered or mended, also by whoever leaves the page before.
async function send(item, wanted) {
  const { page } = await reach();
  if (page.querySelector("[data-keeps]")?.dataset.keeps !== item.whose) return ended(item, page);
  if (!waits(item)) return "replaced";
  const body = new URLSearchParams(item.fields);
  for (const name of OURS) body.set(name, page.querySelector(`[name=${name}]`)?.value ?? "");
  const answer = await reach({ method: "POST", body });
  const form = answer.page.querySelector("form[data-figure]");
  const taken = answer.moved && answer.page.querySelector("[data-keeps]");
  if (!taken && !form) return ended(item, answer.page);
  if (!taken && !waits(item)) return "replaced";
  const open = document.querySelector("form[data-figure]")?.elements.period.value;
  const shown = waits(item) && (wanted || !open || open === item.period);
  const asks = form?.dataset.asks !== undefined;
  const held = { ...item, held: true, why: asks ? "" : wrong(answer.page) };
  if (taken) forget(item);
  else localStorage.setItem(item.name, JSON.stringify(held));
  if (shown) show(answer, taken ? [] : since(item));
  return taken ? "sent" : shown ? "asked" : "held";
}

const forget = (item) => waits(item) && localStorage.removeItem(item.name);

const wrong = (page) =>
  [...page.querySelectorAll("main .error-summary li")].map((one) => one.textContent.trim()).join(" ");

// The link has ended, and says why; or somebody else, or nobody, is signed in.
function ended(item, page) {
  const why = page.querySelector("[data-refused]")?.textContent.trim();
  if (!why) return "another";
  if (waits(item)) localStorage.setItem(item.name, JSON.stringify({ ...item, held: true, why }));
  return "held";
}

// What was typed on its form since it was pressed.
function since(item) {
  const form = document.querySelector("form[data-figure]");
  if (!form || KEPT + form.elements.key.value !== item.name) return [];
  const was = new Map(item.fields);
  return [...new FormData(form)].filter(([name, is]) => !OURS.includes(name) && was.get(name) !== is);
}

// The page as it was answered, but for what was `typed` meanwhile: whoever types goes on there.
function show({ page, url }, typed = []) {
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  history.replaceState(null, "", url);
  (document.querySelector("main [data-focus]") ?? document.querySelector("main")).focus();
  for (const [name, is] of typed) {
    const field = document.querySelector("form[data-figure]").elements[name];
    if (!field) continue;
    field.value = is;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
}

// The address by which the page is opened: of a series, or a mailed link.
function bare() {
  const key = /[?&](key=[^&]*)/.exec(location.search);
  return location.origin + location.pathname + (key ? `?${key[1]}` : "");
}

// Let the page open without a connection; the one at the `address` is fetched for that anew.
async function stock(address = "") {
  if (!navigator.serviceWorker || !root() || old()) return;
  await navigator.serviceWorker.register(root().dataset.worker, { scope: location.pathname });
  const { active } = await navigator.serviceWorker.ready;
  await document.fonts.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const parts = loaded.filter((name) => name.startsWith(STATIC));
  active.postMessage({ page: address, parts: [...new Set(parts)] });
}

// Whether the page was opened without a connection, and is as it once was.
const old = () => root()?.dataset.old !== undefined;
const inputs = () => [...document.querySelectorAll("form[data-figure] input:not([type=hidden])")];
const altered = (field) =>
  field.checked !== field.defaultChecked || (field.type === "text" && field.value !== field.defaultValue);

// It gives way to the page as it is now, but for what is typed on it; a link that has ended, to why.
async function renew() {
  if (!old() || document.hidden) return;
  try {
    const answer = await reach();
    if (!old()) return; // what was sent meanwhile has been answered
    const theirs = answer.page.querySelector("[data-keeps]")?.dataset.keeps === root()?.dataset.keeps;
    const typed = inputs().some(altered);
    if (answer.page.querySelector("[data-refused]") || (theirs && !typed)) show(answer);
    else if (!typed) return location.reload();
    tell(theirs ? "" : "another");
  } catch {
    tell("offline");
  }
}

const due = () => !document.hidden && mine().some((item) => !item.held);

async function sendAll(only = "") {
  opens = only || opens;
  if (sending) return;
  sending = true;
  only = opens;
  opens = "";
  let came = "";
  try {
    for (const item of mine().filter((item) => (only ? item.name === only : !item.held))) {
      came = await send(item, Boolean(only));
      if (came === "another") break;
    }
  } catch {
    came = "offline";
  }
  sending = false;
  tell(came);
  if (came === "sent") stock(bare()).catch(() => {});
  const again = back || !["another", "offline"].includes(came); // what was typed meanwhile
  back = false;
  if (opens || (again && due())) sendAll();
}

// What stands on the page of what is kept; one that is asked about, or refused, in its form stands
// there.
function tell(came = "") {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  const form = document.querySelector("form[data-asks], form[data-figure]:has(.error-summary)");
  const asked = KEPT + form?.elements.key.value;
  const items = mine().filter((item) => !item.held || item.name !== asked);
  const lists = { waiting: items.filter((one) => !one.held), held: items.filter((one) => one.held) };
  const told = {
    old: old(),
    offline: !navigator.onLine || came === "offline",
    another: came === "another",
    waiting: lists.waiting.length > 0,
    held: lists.held.length > 0,
    sent: came === "sent" && !document.querySelector("main .alert-success"),
  };
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !told[part.dataset.when];
  box.hidden = !Object.values(told).some(Boolean);
  for (const list of box.querySelectorAll("[data-list]")) {
    const now = list.cloneNode();
    now.append(...lists[list.dataset.list].map((item) => line(box, item)));
    if (!now.isEqualNode(list)) list.replaceWith(now); // whoever stands on a button stays there
  }
}

function line(box, item) {
  const made = box.querySelector("template").content.cloneNode(true);
  made.querySelector("span").textContent = item.what;
  made.querySelector("em").hidden = !item.held;
  if (item.why) made.querySelector("em").textContent = item.why;
  made.querySelector("[data-answer]").hidden = !item.held;
  for (const name of ["answer", "drop"]) made.querySelector(`[data-${name}]`).dataset[name] = item.name;
  return made;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-figure]")) return;
  if (!keep(event.target, event.submitter)) return;
  event.preventDefault();
  sendAll(); // or what was pressed before has not come through yet: this is sent after it
  setTimeout(() => { if (sending) tell(); }, QUIET);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-send]")) sendAll();
  const answer = event.target.closest("[data-answer]");
  if (answer) sendAll(answer.dataset.answer);
  const drop = event.target.closest("[data-drop]");
  if (!drop) return;
  localStorage.removeItem(drop.dataset.drop);
  tell();
});
// What was asked about is no longer said yes to once it is mended: it is saved as any other.
document.addEventListener("input", ({ target }) => {
  const save = target.form?.querySelector("[data-mended]");
  if (!save) return;
  const mended = inputs().some((field) => field.matches(".figure, [name=none]") && altered(field));
  save.hidden = !mended;
  for (const part of target.form.querySelectorAll("[data-asked]")) part.hidden = mended;
});
window.addEventListener("online", () => {
  back = sending;
  for (const after of SOON) setTimeout(goOn, after);
});
window.addEventListener("offline", () => tell("offline"));
window.addEventListener("storage", () => tell()); // another tab has sent it, or thrown it away
window.addEventListener("load", () => {
  stock(navigator.serviceWorker?.controller ? "" : location.href).catch(() => {});
});
const goOn = async () => { if (due()) await sendAll(); renew(); };
document.addEventListener("visibilitychange", goOn);
setInterval(goOn, AGAIN);

// What was said of a figure then is not said of one that is typed now.
if (old()) for (const said of document.querySelectorAll("main .alert")) said.remove();
tell(old() ? "offline" : "");
goOn();
