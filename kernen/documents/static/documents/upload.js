// Forms that send files, <form data-upload="the limit in bytes">: files can be dropped on them, one
// that is too large is left out before it is sent, and a bar shows how far the rest has come.
// Without script they are sent as any form.
"use strict";
{
  const upload = (event) => event.target.closest?.("form[data-upload]");
  const say = (form, ...lines) => {
    form.querySelector("[data-said]").replaceChildren(...lines.map((line) => {
      const said = document.createElement("p");
      said.textContent = line;
      return said;
    }));
  };

  const choose = (form, files) => {
    const input = form.querySelector("input[type=file]");
    const limit = Number(form.dataset.upload);
    const fit = new DataTransfer();
    const all = [...files];
    const small = all.filter((file) => file.size <= limit);
    for (const file of input.multiple ? small : small.slice(0, 1)) fit.items.add(file);
    input.files = fit.files;
    const large = all.filter((file) => file.size > limit);
    say(form, ...large.map((file) => form.dataset.tooLarge.replace("FILE", () => file.name)),
      ...(input.multiple ? [...fit.files].map((file) => file.name) : []));
  };

  document.addEventListener("change", (event) => {
    if (event.target.type === "file" && upload(event)) choose(upload(event), event.target.files);
  });

  // A file that is dropped beside the form would be opened by the browser, and the page be lost.
  document.addEventListener("dragover", (event) => {
    if (!document.querySelector("form[data-upload]")) return;
    event.preventDefault();
    upload(event)?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => upload(event)?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!document.querySelector("form[data-upload]")) return;
    event.preventDefault();
    const form = upload(event);
    if (!form || !form.querySelector("input[type=file]")) return;
    form.classList.remove("over");
    choose(form, event.dataTransfer.files);
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = upload(event);
    if (!form || !event.detail.lengthComputable) return;
    const bar = form.querySelector("progress");
    bar.hidden = false;
    bar.value = event.detail.loaded / event.detail.total;
  });
  // What was sent leads elsewhere, such as to sign in: go there, and not only look as if.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const there = upload(event) && new URL(event.detail.xhr.responseURL).pathname;
    if (there && there !== location.pathname) {
      event.detail.shouldSwap = false;
      location.assign(event.detail.xhr.responseURL);
    }
  });
  for (const failed of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failed, (event) => {
      const form = upload(event);
      if (!form) return;
      form.querySelector("progress").hidden = true;
      say(form, form.dataset.failed);
    });
  }
}
