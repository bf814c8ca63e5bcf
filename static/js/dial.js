/* Dials the number of the page at once. Without it the number is pressed. */
(() => {
  "use strict";
  const number = document.querySelector("[data-dial]");
  if (number) window.location.assign(number.href);
})();
