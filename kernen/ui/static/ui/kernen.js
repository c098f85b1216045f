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

// The phone's menu closes on Escape and hands the focus back.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
