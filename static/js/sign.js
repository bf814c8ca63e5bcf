/* The box to sign in (signature_pad draws), and only those parts of the form that the chosen way needs. */
(() => {
  "use strict";
  const form = document.querySelector(".sign-form");
  if (!form) return;

  const ways = [...form.querySelectorAll("input[name=way]")];
  const parts = [...form.querySelectorAll("[data-way]")];
  const show = () => {
    const chosen = ways.find((way) => way.checked)?.value ?? "";
    parts.forEach((part) => { part.hidden = !part.dataset.way.split(" ").includes(chosen); });
    if (chosen === "drawn") fit();
  };

  const frame = form.querySelector("[data-pad]");
  const canvas = frame.querySelector("canvas");
  const kept = form.querySelector("input[name=drawn]");
  frame.hidden = false;
  form.querySelector("[data-pad-buttons]").hidden = false;
  const pad = new SignaturePad(canvas, { backgroundColor: "#ffffff", penColor: "#10151b", minWidth: 1, maxWidth: 3 });
  const before = kept.value;

  // A canvas has as many pixels as the screen, or lines are blurred; turned, it keeps what was drawn.
  let width = 0;
  function fit() {
    if (!canvas.offsetWidth || canvas.offsetWidth === width) return;
    width = canvas.offsetWidth;
    const ratio = Math.max(window.devicePixelRatio || 1, 1), strokes = pad.toData();
    canvas.width = width * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (strokes.length) pad.fromData(strokes);
    else if (kept.value) pad.fromDataURL(kept.value, { width, height: canvas.offsetHeight });
  }
  const keep = () => { kept.value = pad.isEmpty() ? "" : pad.toDataURL("image/png"); };
  pad.addEventListener("endStroke", keep);
  form.querySelector("[data-pad-clear]").addEventListener("click", () => { pad.clear(); kept.value = ""; });
  form.querySelector("[data-pad-back]").addEventListener("click", () => {
    const strokes = pad.toData().slice(0, -1);
    pad.clear();
    pad.fromData(strokes);
    keep();
  });
  // What is drawn after a refused form begins on a clean box: the old strokes are a picture, not strokes.
  pad.addEventListener("beginStroke", () => { if (before && kept.value === before) { pad.clear(); kept.value = ""; } });

  ways.forEach((way) => way.addEventListener("change", show));
  window.addEventListener("resize", fit);
  show();
})();
