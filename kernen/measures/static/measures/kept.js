// What was typed in on this phone and is not taken in yet: `entering.js` keeps it, and sends it where
// its form is open. My work says to the one who typed it, and to nobody else, that it is there.
"use strict";

const KEPT = "kernen.kept.";
const DAYS = 7; // after that nobody wants it any more

const stored = () =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(KEPT))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
    .sort((one, other) => one.at - other.at);

for (const item of stored()) {
  if (Date.now() - item.at > DAYS * 24 * 60 * 60 * 1000) localStorage.removeItem(item.name);
}

function remind() {
  const box = document.querySelector("[data-kept-here]");
  if (!box) return;
  const items = stored().filter((item) => item.whose === document.body.dataset.whose);
  box.hidden = !items.length;
  box.querySelector("[data-one]").hidden = items.length !== 1;
  box.querySelector("[data-more]").hidden = items.length === 1;
  box.querySelector("[data-more] span").textContent = items.length;
  box.querySelector("ul").replaceChildren(...items.map((item) => {
    const made = box.querySelector("template").content.cloneNode(true);
    const link = made.querySelector("a");
    link.href = `${item.page}?period=${item.period}`;
    link.textContent = [item.of, item.what].filter(Boolean).join(", ");
    made.querySelector("em").hidden = !item.held;
    if (item.why) made.querySelector("em").textContent = item.why;
    return made;
  }));
}
window.addEventListener("pageshow", remind);
window.addEventListener("storage", remind);
