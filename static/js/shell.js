/* What the shell does beyond plain HTML. Every page works without it. */
(() => {
  "use strict";

  // A form that is on its way cannot be sent a second time (the server takes it once anyway).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    const offline = form.querySelector("[data-offline]");
    if (offline) offline.hidden = navigator.onLine;
    if (offline && !navigator.onLine) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // The browser's “back” may bring the page as it was left: open its forms again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });

  // A menu closes by Escape, by a press elsewhere, and when another opens.
  const close = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    close(null);
    open?.querySelector("summary").focus();
  });

  // After a refused form the eye and the reader begin at what is wrong.
  document.querySelector("[data-focus]")?.focus();

  // A device without Chinese characters draws two of them alike: only then load our font.
  const drawn = (character) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext("2d");
    pen.font = "20px sans-serif";
    pen.fillText(character, 1, 20);
    return canvas.toDataURL();
  };
  if (drawn("守") === drawn("望")) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = document.querySelector('meta[name="font-fallback"]').content;
    document.head.append(link);
  }
})();
