/* The queue by keyboard: j and k walk, x ticks, e says beside the list why, Enter opens, a acts on what is ticked (on the page of a warning: the
   next move of its path), n opens the next warning of the view, / goes to the filters, ? shows the keys.
   Links, boxes and buttons work without it. */
(() => {
  "use strict";
  const all = (pattern) => [...document.querySelectorAll(pattern)];
  const one = (pattern) => document.querySelector(pattern);
  const rows = () => all(".table-block tbody tr");
  const here = () => one("tr.queue-here");
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=hidden]), select, textarea, [contenteditable]");
  const boxOf = (row) => row && row.querySelector(".row-pick input");

  const go = (row) => {
    if (!row) return;
    const before = here();
    if (before) before.classList.remove("queue-here");
    row.classList.add("queue-here");
    const link = row.querySelector("a");
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = rows();
    const at = list.indexOf(here());
    if (at + by >= list.length) {
      const more = one('.pager a[rel="next"]');
      if (more) more.focus();
      return;
    }
    go(list[at < 0 ? 0 : Math.max(at + by, 0)]);
  };
  const filters = () => {
    const toggle = document.getElementById("show-filters");
    if (toggle) toggle.checked = true;
    const first = one(".filters select, .filters input");
    if (first) first.focus();
  };

  // What is ticked, in words and in colour.
  const count = () => {
    const bar = one(".bulk-bar");
    if (!bar) return;
    const ticked = all(".row-pick input:checked").length;
    const said = bar.querySelector(".bulk-count");
    said.textContent = ticked ? bar.dataset.some.replace("{count}", ticked) : bar.dataset.none;
    all(".row-pick input").forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
  };
  const tick = () => {
    if (!here()) step(1);
    const box = boxOf(here());
    if (!box) return;
    box.checked = !box.checked;
    count();
    step(1);
  };
  const act = () => {
    const button = one(".bulk-acts button, .alert-acts .btn-primary") || one(".alert-acts a.btn, .alert-acts button");
    if (!button) return;
    // Nothing is ticked: the row under the keyboard is meant.
    const box = boxOf(here());
    if (box && !all(".row-pick input:checked").length && !one(".bulk-all input:checked")) {
      box.checked = true;
      count();
    }
    button.focus();
  };
  // Why, beside the list: what the page of the warning says first.
  const glance = one("dialog.glance");
  const close = () => {
    if (glance && glance.open) glance.close();
  };
  const why = (row) => {
    const link = row && row.querySelector("a");
    if (!glance || !link) return;
    if (glance.open && glance.dataset.of === link.pathname) {
      close();
      return;
    }
    fetch(link.pathname + "glance/", { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
      .then((told) => {
        glance.querySelector(".glance-body").innerHTML = told;
        glance.dataset.of = link.pathname;
        if (!glance.open) glance.show();
        go(row);
      })
      .catch(() => { window.location = link.href; });
  };
  const buttons = () => {
    const list = one(".queue-list[data-why]");
    if (!list || !glance) return;
    rows().forEach((row) => {
      if (row.querySelector(".why")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet why";
      button.textContent = list.dataset.why;
      button.addEventListener("click", () => why(row));
      row.cells[0].append(button);
    });
  };
  buttons();
  if (glance) glance.querySelector(".glance-close").addEventListener("click", close);
  const press = (pattern) => () => {
    const link = one(pattern);
    if (link) link.click();
  };
  const keys = () => {
    const told = one("details.queue-keys");
    if (told) told.open = !told.open;
  };
  const acts = {
    j: () => step(1), k: () => step(-1), x: tick, a: act, e: () => why(here() || rows()[0]), Escape: close, n: press("a[data-next]"), u: press("a[data-up]"),
    "/": filters, "?": keys,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const found = acts[event.key];
    if (!found) return;
    event.preventDefault();
    found();
  });
  // Who walks by Tab is where the queue is.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".table-block tbody tr");
    if (!row || row === here()) return;
    const before = here();
    if (before) before.classList.remove("queue-here");
    row.classList.add("queue-here");
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest(".row-pick, .bulk-all")) count();
  });
  // The table is swapped: its address and its number are those of the bar.
  document.addEventListener("htmx:afterSettle", () => {
    const from = one(".table-export input[name=address]");
    const to = one(".bulk-bar input[name=address]");
    if (from && to) to.value = from.value;
    const every = one(".bulk-all input");
    if (every) every.checked = false;
    count();
    buttons();
  });
  // How many each view has: asked again about every minute while the page is looked at, and when it is looked at again.
  const MINUTE = 60000;
  let asked = Date.now();
  const recount = () => {
    const views = one(".table-views[hx-get]");
    if (!views || !window.htmx || document.hidden) return;
    asked = Date.now();
    window.htmx.trigger(views, "counts");
  };
  setInterval(recount, MINUTE);
  document.addEventListener("visibilitychange", () => {
    if (Date.now() - asked >= MINUTE) recount();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) recount();
  });
  // A question with nothing to type is answered by Enter.
  const confirming = one("[data-confirming]");
  if (confirming && !confirming.querySelector(".error-summary")) {
    const first = confirming.querySelector(".field input:not([type=hidden]), .field select, .field textarea") || confirming.querySelector(".form-buttons button");
    if (first) first.focus();
  }
  // Whoever looks for a while has seen what is there: the next visit knows what is new.
  const seen = one("form[data-seen]");
  if (seen) {
    setTimeout(() => {
      if (document.hidden) return;
      fetch(seen.action, { method: "POST", body: new FormData(seen), credentials: "same-origin" }).catch(() => {});
    }, 3000);
  }
})();
