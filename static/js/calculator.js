/* Works the income of a household out while somebody types: the sum of households/income/calculator.py, in fen.
   Without it the server does, at the press of the button. */
(() => {
  "use strict";
  const box = document.querySelector("[data-calculator]");
  if (!box) return;
  const form = box.closest("form");
  const LETTERS = "ABCDEFG";
  // Shares have four decimals at most: amounts are whole ten-thousandths of a fen until each result is rounded once.
  const SCALE = 10000;
  const leftOut = box.dataset.leftOut;
  const kept = SCALE - Math.round(Number(box.dataset.workCost) * SCALE);
  const line = box.dataset.line === undefined ? null : Math.round(Number(box.dataset.line) * 100);

  const money = (fen) => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // Half up means away from zero, as the server rounds.
  const rounded = (amount) => Math.sign(amount) * Math.floor(Math.abs(amount) + 0.5);
  const write = (name, fen) => { box.querySelector(`[data-sum="${name}"]`).textContent = box.dataset.unit.replace("0.00", money(fen)); };

  const workOut = () => {
    const sums = Object.fromEntries([...LETTERS].map((letter) => [letter, 0]));
    let members = 0;
    let stated = false;
    form.querySelectorAll("[data-counts]").forEach((field) => {
      const typed = field.value.trim();
      const amount = Number(typed);
      if (!typed || !(amount >= 0)) return;
      const what = field.dataset.counts;
      if (what === "members") { members = Math.floor(amount); return; }
      stated = true;
      if (!leftOut.includes(what)) sums[what] += Math.round(amount * 100) * (what === "A" ? kept : SCALE);
    });
    const heads = Math.max(members, 1) * SCALE;
    const net = sums.A + sums.B + sums.C + sums.D - sums.E;
    const reference = rounded((net + sums.F - sums.G) / heads);
    write("net", rounded(net / heads));
    write("reference", reference);
    const short = line !== null && stated && reference < line;
    box.querySelector("[data-short]").hidden = !short;
    if (short) write("short", line - reference);
  };
  form.addEventListener("input", workOut);
  box.querySelector("[data-work-out]").hidden = true;
  workOut();
})();
