/* Copies the text of a field at a press, where the browser cannot, it is marked for copying by hand. */
(() => {
  "use strict";
  const marked = (field) => {
    field.focus();
    field.select();
    try {
      return document.execCommand("copy");
    } catch (refused) {
      return false;
    }
  };
  const say = (button) => {
    const words = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = words;
    }, 2000);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(field.value).then(
        () => say(button),
        () => marked(field) && say(button),
      );
    } else if (marked(field)) {
      say(button);
    }
  });
})();
