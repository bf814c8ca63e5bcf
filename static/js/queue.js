/* The queue by keyboard: j and k walk, Enter opens, / goes to the filters, ? shows the keys. Links work without it. */
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll(".table-block tbody tr")];
  const here = () => document.querySelector("tr.queue-here");
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

  const go = (row) => {
    if (!row) return;
    here()?.classList.remove("queue-here");
    row.classList.add("queue-here");
    const link = row.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(here());
    if (at + by >= all.length) {
      document.querySelector('.pager a[rel="next"]')?.focus();
      return;
    }
    go(all[at < 0 ? 0 : Math.max(at + by, 0)]);
  };
  const filters = () => {
    const toggle = document.getElementById("show-filters");
    if (toggle) toggle.checked = true;
    document.querySelector(".filters select, .filters input")?.focus();
  };
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    "/": filters,
    "?": () => {
      const keys = document.querySelector("details.queue-keys");
      if (keys) keys.open = !keys.open;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  // Who walks by Tab is where the queue is.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".table-block tbody tr");
    if (!row || row === here()) return;
    here()?.classList.remove("queue-here");
    row.classList.add("queue-here");
  });
})();
