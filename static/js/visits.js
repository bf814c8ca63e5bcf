/* The form of a visit: shows what applies, and takes the place. Without it every field stands there. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-visit]");
  if (!form) return;
  const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value;
  const show = (name, wanted) => form.querySelectorAll(`[${name}]`).forEach((each) => { each.hidden = !wanted; });

  const late = form.querySelector("[data-late]");

  const apply = () => {
    const way = chosen("way");
    show("data-unless-home", way !== "home");
    show("data-if-met", chosen("outcome") !== "nobody");
    show("data-if-there", way === "home" || way === "elsewhere");
    form.querySelectorAll("[data-only-if]").forEach((each) => {
      const [name, answers] = each.dataset.onlyIf.split("=");
      each.closest(".field").hidden = !answers.split("|").includes(chosen(name));
    });
    late.hidden = form.elements.happened_on.value === late.dataset.late && !late.querySelector(".wrong");
  };
  // The time of now belongs to today's visit.
  form.elements.happened_on.addEventListener("change", () => {
    const today = form.elements.happened_on.value === late.dataset.late;
    if (!today && form.elements.at.value === form.elements.at.defaultValue) form.elements.at.value = "";
  });
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
    form.dispatchEvent(new Event("place-taken"));
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
