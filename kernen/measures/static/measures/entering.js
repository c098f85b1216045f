// A figure that is typed in where the connection drops. What is sent is first kept on the phone,
// under the mark of the one to whom the page is shown, and goes away when the server has it. One
// figure waits for each period of a series: a later one takes the place of an earlier. The form has
// a key of its own, so that what arrives twice counts once, and says what stood when it was drawn,
// so that what somebody else gave meanwhile is asked about. Without script it is sent as any other.
"use strict";

const KEPT = "kernen.kept.";
const DAYS = 7; // after that nobody wants it any more
const AGAIN = 20_000; // milliseconds until it is tried again
const OURS = ["csrfmiddlewaretoken", "typed_by"]; // taken from a fresh page when it is sent

const root = () => document.querySelector("[data-keeps]");
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
let sending = false;
let back = false; // the connection came while an attempt without it had not ended yet

const stored = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(KEPT))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
    .sort((one, other) => one.at - other.at);

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
// fresh page says who that is, and has a token that holds. What the server asks about waits for an
// answer; what it refuses is shown with why, and waits only where it cannot be shown.
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
  const open = document.querySelector("form[data-figure]")?.elements.period.value;
  const shown = waits(item) && (wanted || !open || open === item.period);
  const asks = form?.dataset.asks !== undefined;
  const held = { ...item, held: true, why: asks ? "" : wrong(answer.page) };
  if (taken || (shown && !asks)) forget(item);
  else if (waits(item)) localStorage.setItem(item.name, JSON.stringify(held));
  if (shown) show(answer);
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

function show({ page, url }) {
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  history.replaceState(null, "", url);
  (document.querySelector("main [data-focus]") ?? document.querySelector("main")).focus();
}

const due = () => !document.hidden && mine().some((item) => !item.held);

async function sendAll(only = "") {
  if (sending) return;
  sending = true;
  let came = "", asked = "";
  try {
    for (const item of mine().filter((item) => (only ? item.name === only : !item.held))) {
      came = await send(item, Boolean(only));
      if (came === "asked") asked = item.name;
      if (came !== "sent" && came !== "replaced") break;
    }
  } catch {
    came = "offline";
  }
  sending = false;
  tell(came, asked);
  const again = back || came === "sent" || came === "replaced"; // what was typed meanwhile
  back = false;
  if (again && due()) sendAll();
}

// What stands on the page of what is kept; the one that is `asked` about stands in its form.
function tell(came = "", asked = "") {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  const items = mine().filter((item) => item.name !== asked);
  const lists = { waiting: items.filter((one) => !one.held), held: items.filter((one) => one.held) };
  const told = {
    offline: !navigator.onLine || came === "offline",
    another: came === "another",
    waiting: lists.waiting.length > 0,
    held: lists.held.length > 0,
    sent: came === "sent" && !document.querySelector("main .alert-success"),
  };
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !told[part.dataset.when];
  box.hidden = !Object.values(told).some(Boolean);
  for (const list of box.querySelectorAll("[data-list]")) {
    list.replaceChildren(...lists[list.dataset.list].map((item) => line(box, item)));
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
  if (sending) return; // what was pressed before has not come through yet; this is sent after it
  tell();
  sendAll();
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
window.addEventListener("online", () => { back = sending; sendAll(); });
window.addEventListener("offline", () => tell("offline"));
document.addEventListener("visibilitychange", () => { if (due()) sendAll(); });
setInterval(() => { if (due()) sendAll(); }, AGAIN);

for (const item of stored()) {
  if (Date.now() - item.at > DAYS * 24 * 60 * 60 * 1000) localStorage.removeItem(item.name);
}
tell();
if (due()) sendAll();
