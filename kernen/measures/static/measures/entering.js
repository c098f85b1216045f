// A figure that is typed in where the connection drops. What is sent is first kept on the phone,
// under the mark of the one to whom the page is shown, and goes away when the server has it. The
// form has a key of its own, so that what arrives twice counts once. Without script the form is
// sent as any other.
"use strict";

const KEPT = "kernen.kept.";
const DAYS = 7; // after that nobody wants it any more
const AGAIN = 20_000; // milliseconds until it is tried again
const OURS = ["csrfmiddlewaretoken", "typed_by"]; // taken from a fresh page when it is sent

const root = () => document.querySelector("[data-keeps]");
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
let sending = false;

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
  try {
    localStorage.setItem(KEPT + form.elements.key.value, JSON.stringify(item));
    return true;
  } catch {
    return false;
  }
}

// The page as the server draws it now; whoever cannot be reached throws.
async function reach(options) {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(AGAIN), ...options });
  if (answer.status === 429 || answer.status >= 500) throw new Error(answer.statusText);
  return { page: parse(await answer.text()), moved: answer.redirected, url: answer.url };
}

// Send one: "sent", "asked" or "held" where the server asks or refuses, or "another" where somebody else, or
// nobody, is signed in. The fresh page says who that is, and has a token that holds. What is asked
// waits for an answer, and is sent by itself no more.
async function send(item) {
  const { page } = await reach();
  if (page.querySelector("[data-keeps]")?.dataset.keeps !== item.whose) return "another";
  const body = new URLSearchParams(item.fields);
  for (const name of OURS) body.set(name, page.querySelector(`[name=${name}]`)?.value ?? "");
  const answer = await reach({ method: "POST", body });
  const taken = answer.moved && answer.page.querySelector("[data-keeps]");
  if (taken) localStorage.removeItem(item.name);
  else localStorage.setItem(item.name, JSON.stringify({ ...item, held: true }));
  const open = document.querySelector("form[data-figure]")?.elements.period.value;
  const shown = !open || open === item.period; // else another period is being filled in
  if (shown) show(answer);
  return taken ? "sent" : shown ? "asked" : "held";
}

function show({ page, url }) {
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  history.replaceState(null, "", url);
  (document.querySelector("main [data-focus]") ?? document.querySelector("main")).focus();
}

const due = () => !document.hidden && mine().some((item) => !item.held);

async function sendAll(also = false) {
  if (sending) return;
  sending = true;
  let came = "";
  try {
    for (const item of mine().filter((item) => also || !item.held)) {
      came = await send(item);
      if (came !== "sent") break;
    }
  } catch {
    came = "offline";
  }
  sending = false;
  tell(came);
}

// What stands on the page of what is kept.
function tell(came = "") {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  const items = mine();
  const told = {
    offline: !navigator.onLine || came === "offline",
    another: came === "another",
    waiting: items.length > (came === "asked" ? 1 : 0),
    sent: came === "sent" && !document.querySelector("main .alert-success"),
  };
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !told[part.dataset.when];
  box.hidden = !Object.values(told).some(Boolean);
  const list = box.querySelector("[data-list]");
  list.replaceChildren(
    ...items.map((item) => {
      const line = box.querySelector("template").content.cloneNode(true);
      line.querySelector("span").textContent = item.what;
      line.querySelector("em").hidden = !item.held;
      line.querySelector("[data-drop]").dataset.drop = item.name;
      return line;
    }),
  );
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-figure]")) return;
  if (!sending && !keep(event.target, event.submitter)) return;
  event.preventDefault();
  if (sending) return; // a second press, before the first has come through
  tell();
  sendAll();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-send]")) sendAll(true);
  const drop = event.target.closest("[data-drop]");
  if (!drop) return;
  localStorage.removeItem(drop.dataset.drop);
  tell();
});
window.addEventListener("online", () => sendAll());
window.addEventListener("offline", () => tell("offline"));
document.addEventListener("visibilitychange", () => { if (due()) sendAll(); });
setInterval(() => { if (due()) sendAll(); }, AGAIN);

for (const item of stored()) {
  if (Date.now() - item.at > DAYS * 24 * 60 * 60 * 1000) localStorage.removeItem(item.name);
}
tell();
if (due()) sendAll();
