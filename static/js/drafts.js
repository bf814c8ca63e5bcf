/* Saves a form while somebody types: each field with a version of its own, again and again until the server has it.
   Without it what was typed is sent at the end. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const PAUSE = 1500;
  const AGAIN = 10000;
  const NOT_KEPT = ["csrfmiddlewaretoken", "once", "key", "version", "work_out"];
  const told = form.querySelector("[data-saved]");
  const versions = JSON.parse(form.dataset.versions);
  const waiting = new Set();
  let timer = 0;
  let sending = false;
  let over = false;

  const valuesOf = (name) => {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)];
    const chosen = fields.filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked);
    return chosen.map((field) => field.value);
  };
  const later = (delay) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, delay);
  };
  const changed = (name) => {
    if (!name || NOT_KEPT.includes(name)) return;
    versions[name] = (versions[name] || 0) + 1;
    waiting.add(name);
    later(PAUSE);
  };
  async function send() {
    if (sending || over || !waiting.size) return;
    sending = true;
    const names = [...waiting];
    waiting.clear();
    try {
      const answer = await window.fetch(form.dataset.draft, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({
          key: form.elements.key.value,
          form: form.dataset.form,
          fields: Object.fromEntries(names.map((name) => [name, [versions[name], valuesOf(name)]])),
        }),
      });
      const said = await answer.json();
      if (answer.ok && said.saved) told.textContent = `${told.dataset.at} ${said.saved}`;
      else if (said.refused) told.textContent = said.refused;
    } catch (lost) {
      names.forEach((name) => waiting.add(name));
      told.textContent = told.dataset.later;
      later(AGAIN);
    }
    sending = false;
    if (waiting.size) later(PAUSE);
  }
  // On a slow line somebody types before this script has come: that counts like what is typed later.
  const touched = (field) => {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (field.options) return field.selectedIndex !== Math.max([...field.options].findIndex((each) => each.defaultSelected), 0);
    return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  };
  [...form.elements].filter(touched).forEach((field) => changed(field.name));
  form.addEventListener("input", (event) => changed(event.target.name));
  form.addEventListener("place-taken", () => ["latitude", "longitude", "accuracy", "no_place"].forEach(changed));
  form.addEventListener("submit", (event) => {
    // Offline the form stays (shell.js): then saving goes on.
    window.setTimeout(() => { over = !event.defaultPrevented; }, 0);
  });
  window.addEventListener("online", () => later(0));
  window.addEventListener("pageshow", () => { over = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
})();
