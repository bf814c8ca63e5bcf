/* Charts. A figure with data-chart names the element that holds its data (foundation/desk/charts.py); the drawing of the
   server stands in it until ECharts has come, which is loaded when the first figure comes near. */
(() => {
  "use strict";
  const figures = [...document.querySelectorAll("[data-chart]")];
  if (!figures.length) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const colours = () => ({ action: token("action"), plain: token("line-strong"), danger: token("overdue") });
  const told = (figure) => JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const amount = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 0 });

  // A number that the level would strike through stands inside its bar.
  const bars = (each, picture) => {
    const level = picture.series.find((other) => other.kind === "level")?.amounts ?? [];
    const most = Math.max(1, ...picture.series.flatMap((other) => other.amounts));
    return each.amounts.map((value, place) => {
      const above = ((level[place] ?? Infinity) - value) / most;
      const struck = above > -0.02 && above < 0.1 && value > most * 0.12;
      return struck ? { value, label: { position: "insideTop", color: token("sheet"), distance: 8 } } : value;
    });
  };

  const band = (picture, width) => (width - 80) / picture.categories.length;

  // `width` is that of the picture: a level is as wide as the bars of its category; where they are narrow, the table
  // and the hint have the numbers.
  const series = (each, picture, width) => {
    const colour = colours()[each.tone];
    const label = { show: band(picture, width) > 96, position: "top", color: token("ink"), formatter: ({ value }) => amount(value) };
    if (each.kind === "bar") {
      return { name: each.name, type: "bar", data: bars(each, picture), barMaxWidth: 56, label,
        itemStyle: { color: colour, borderRadius: [2, 2, 0, 0] }, labelLayout: { hideOverlap: true } };
    }
    const wide = Math.max(12, Math.min(150, band(picture, width) * 0.85));
    return { name: each.name, type: "line", data: each.amounts, symbol: "rect", symbolSize: [wide, 3], z: 5,
      itemStyle: { color: colour }, lineStyle: { width: 0, color: colour } };
  };

  const option = (picture, width) => {
    const ink = token("ink"), soft = token("ink-soft"), line = token("line");
    return {
      animation: !still.matches,
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 8, top: 36, bottom: width < 480 ? 56 : 32, containLabel: true },
      legend: { bottom: 0, itemWidth: 12, itemHeight: 12, icon: "rect", textStyle: { color: ink } },
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: token("sheet"), borderColor: line,
        textStyle: { color: ink }, axisPointer: { type: "none" },
        valueFormatter: (value) => value == null ? "–" : `${amount(value)} ${picture.unit}` },
      xAxis: { type: "category", data: picture.categories, axisTick: { show: false },
        axisLine: { lineStyle: { color: soft } }, axisLabel: { color: ink, interval: 0,
          formatter: (name) => (band(picture, width) < 56 ? name.replaceAll("-", "\n") : name) } },
      yAxis: { type: "value", name: picture.unit, nameTextStyle: { color: soft }, splitLine: { lineStyle: { color: line } },
        axisLabel: { color: soft, formatter: amount } },
      series: picture.series.map((each) => series(each, picture, width)),
    };
  };

  const draw = (figure) => {
    const place = figure.querySelector("[data-chart-place]");
    figure.classList.add("is-live");
    const chart = drawn.get(figure) ?? echarts.init(place, null, { renderer: "canvas" });
    chart.resize();
    chart.setOption(option(told(figure), place.clientWidth), true);
    if (drawn.has(figure)) return;
    drawn.set(figure, chart);
    const button = document.querySelector(`[data-chart-png="${figure.dataset.chart}"]`);
    if (button) { button.hidden = false; button.addEventListener("click", () => save(figure)); }
    new ResizeObserver(() => requestAnimationFrame(() => {
      if (place.clientWidth && place.clientWidth !== chart.getWidth()) draw(figure);
    })).observe(place);
  };

  // A copy for a report: of one size whatever the screen, with its title and who took it.
  const save = (figure) => {
    const picture = told(figure), box = document.createElement("div"), width = 960;
    const chart = echarts.init(box, null, { renderer: "canvas", width, height: 540 });
    const whole = option(picture, width);
    const title = { text: picture.title, subtext: picture.mark, left: 8, top: 8,
      textStyle: { color: token("ink"), fontSize: 18 }, subtextStyle: { color: token("ink-soft"), fontSize: 12 } };
    chart.setOption({ ...whole, title, animation: false, backgroundColor: token("sheet"), grid: { ...whole.grid, top: 96 } });
    chart.renderToCanvas({ pixelRatio: 2, backgroundColor: token("sheet") }).toBlob((image) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(image);
      link.download = `${picture.title}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      chart.dispose();
    }, "image/png");
  };

  const redraw = () => drawn.forEach((_chart, figure) => draw(figure));
  dark.addEventListener("change", redraw);
  still.addEventListener("change", redraw);

  let library;
  const load = (address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const loaded = (address) => {
    library = library || load(address);
    return library;
  };
  const near = new IntersectionObserver((entries) => entries.filter((each) => each.isIntersecting).forEach((each) => {
    near.unobserve(each.target);
    loaded(each.target.dataset.library).then(() => draw(each.target), () => {});  // without it the drawing stays
  }), { rootMargin: "400px" });
  figures.forEach((figure) => near.observe(figure));
})();
