/* Dials the number of the page once the page is there: dialled earlier, some browsers stop reading the rest of it.
   Without it the number is pressed. */
(() => {
  "use strict";
  const number = document.querySelector("[data-dial]");
  if (number) window.addEventListener("load", () => window.location.assign(number.href));
})();
