/* What the shell does beyond plain HTML. Every page works without it. */
(() => {
  "use strict";

  // A form that is on its way cannot be sent a second time (the server takes it once anyway).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A download leaves the page as it is: its button stays good for the next time.
    if (form.method !== "post" || event.defaultPrevented || "download" in form.dataset) return;
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

  // A chosen file is sent at once.
  document.addEventListener("change", (event) => {
    if (event.target.matches(".file-form input[type=file]") && event.target.files.length) {
      event.target.form.requestSubmit();
    }
  });
  // One box that marks all others of its name in the same form.
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.markAll;
    if (!name) return;
    event.target.form.querySelectorAll(`input[type=checkbox][name="${name}"]`).forEach((box) => {
      box.checked = event.target.checked;
    });
  });
  // A long list of boxes is searched: what is hidden meanwhile keeps its tick, and is sent with the form.
  document.querySelectorAll("[data-narrow]").forEach((bar) => {
    const boxes = [...bar.closest("form").querySelectorAll(`input[type=checkbox][name="${bar.dataset.narrow}"]`)];
    const line = (box) => box.closest("label").parentElement;
    const words = bar.querySelector("input");
    const said = bar.querySelector("output");
    const tell = () => {
      const count = { shown: boxes.filter((box) => !line(box).hidden).length, all: boxes.length,
        ticked: boxes.filter((box) => box.checked).length };
      said.textContent = said.dataset.said.replace(/\{(\w+)\}/g, (_all, name) => count[name]);
    };
    const narrow = () => {
      const asked = words.value.toLowerCase().split(/\s+/);
      boxes.forEach((box) => {
        const text = line(box).textContent.toLowerCase();
        line(box).hidden = !asked.every((word) => text.includes(word));
      });
      tell();
    };
    bar.hidden = false;
    words.addEventListener("input", narrow);
    // Enter looks for something here: it does not send the form.
    words.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tick]");
      if (!button) return;
      boxes.filter((box) => !line(box).hidden).forEach((box) => { box.checked = Boolean(button.dataset.tick); });
      tell();
    });
    bar.closest("form").addEventListener("change", tell);
    tell();
  });
  // A button that prints the page.
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  // How far an upload has come.
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("progress[data-upload]");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = event.detail.loaded / event.detail.total;
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
