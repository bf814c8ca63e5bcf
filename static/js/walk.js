// The guided walk: fills in what the stop knows already, and shows which button is meant.
(function () {
  "use strict";

  function fill(form, name, value) {
    const fields = Array.from(form.querySelectorAll('[name="' + CSS.escape(name) + '"]'));
    fields.forEach(function (field) {
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = [].concat(value).map(String).indexOf(field.value) >= 0;
      } else if (!field.value || field.tagName === "SELECT") {
        field.value = value;
      }
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const told = document.getElementById("walk-fills");
  const mark = document.querySelector("[data-walk-press]");
  const button = mark && document.querySelector(mark.dataset.walkPress);
  if (!button) {
    return;
  }
  const form = button.form || button.closest("form");
  if (form && told) {
    const values = JSON.parse(told.textContent);
    Object.keys(values).forEach(function (name) {
      fill(form, name, values[name]);
    });
  }
  button.classList.add("walk-here");
  button.scrollIntoView({ block: "center" });
  button.focus({ preventScroll: true });
})();
