// Small comforts. Every page works without them.
"use strict";

// A form that is sent by choosing: <select data-submit>. Without script its button is used.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// Text that is not yet saved: <form data-unsaved> asks before the page is left.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-unsaved]")) unsaved = true;
});
document.addEventListener("submit", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// A form that came back with problems: begin at the list of them.
const attend = (root) => root.querySelector("[data-focus]:not(.gallery-part *)")?.focus();
attend(document);
document.addEventListener("htmx:afterSwap", (event) => attend(event.target));

// A row of tabs that slides: begin at the one that is shown.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A link to what lies inside closed details opens them, also where the browser does not by itself.
const unfold = () => {
  const wanted = document.getElementById(location.hash.slice(1));
  const folded = wanted?.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    wanted.scrollIntoView();
  }
};
addEventListener("hashchange", unfold);
unfold();

// <button data-print> prints the page as it stands; without script the browser's own menu does.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const taken = document.querySelector("details.take[open]");
  if (taken && !taken.contains(event.target)) taken.open = false;
});
document.documentElement.classList.add("scripted");

// <button data-copy-picture="address"> puts a picture on the clipboard, for a slide.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-picture]");
  if (!button) return;
  const said = button.parentElement.querySelector("[role=status]");
  try {
    const picture = fetch(button.dataset.copyPicture).then((answer) => answer.blob());
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    said.textContent = button.dataset.copied;
  } catch {
    said.textContent = button.dataset.failed;
  }
});

// A form that is kept on a phone for where there is no connection is forgotten when the one to whom
// it was shown signs out, or another signs in; what a mailed link opens is nobody's who signs in.
window.caches?.keys().then((names) => {
  for (const name of names) {
    const [kind, whose, path] = name.split(" ");
    const stays = whose === document.body.dataset.whose || path?.includes("/figures-links/");
    if (kind === "kernen.page" && "whose" in document.body.dataset && !stays) caches.delete(name);
  }
});

// <button data-copy="text"> puts the text on the clipboard.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const said = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = button.dataset.copied;
  } catch {
    said.textContent = button.dataset.failed;
  }
});

// The phone's menu and the menu of downloads close on Escape and hand the focus back.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details:is(.menu, .take)[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
