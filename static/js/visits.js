/* The form of a visit: shows what applies, and takes the place. Without it every field stands there. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-visit]");
  if (!form) return;
  const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value;
  const show = (name, wanted) => form.querySelectorAll(`[${name}]`).forEach((each) => { each.hidden = !wanted; });

  const apply = () => {
    const way = chosen("way");
    const late = form.querySelector("[data-late]");
    show("data-unless-home", way !== "home");
    show("data-if-met", chosen("outcome") !== "nobody");
    show("data-if-there", way === "home" || way === "elsewhere");
    late.hidden = form.elements.happened_on.value === late.dataset.late && !late.querySelector(".wrong");
  };
  form.addEventListener("change", apply);
  apply();

  const button = form.querySelector("[data-locate]");
  const told = form.querySelector("[data-located]");
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  const found = (position) => {
    const { latitude, longitude, accuracy } = position.coords;
    form.elements.latitude.value = latitude.toFixed(6);
    form.elements.longitude.value = longitude.toFixed(6);
    form.elements.accuracy.value = Math.round(accuracy);
    form.elements.no_place.value = "";
    told.textContent = `${told.dataset.found} ${Math.round(accuracy)} ${told.dataset.metres}`;
    button.removeAttribute("aria-busy");
  };
  const failed = (problem) => {
    form.elements.no_place.value = problem.code === problem.PERMISSION_DENIED ? "forbidden" : "no_signal";
    told.textContent = told.dataset.nothing;
    button.removeAttribute("aria-busy");
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    told.textContent = told.dataset.taking;
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  });
})();
