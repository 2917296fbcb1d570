// <yw-chart> draws a line, bar or pie chart from figures (their form: chart/options.js).
//   src=       address of the figures as JSON; or a child <script type="application/json" data-for="src">
//   on="live"  an event of the document body after which they are fetched again; or refresh="60" (seconds)
//   label=     what the chart shows. A table with the same figures is added for those who do not see it,
//              unless the page puts a <table> inside
// Colours: --chart-1 … --chart-6, --chart-text, --chart-grid. data-state: loading | ready | empty | failed.
import { make, source, still, styled } from "./dom.js";
import { say } from "./words.js";

const COLOURS = ["#2470d8", "#17703c", "#9a5b00", "#c02a1d", "#6640b8", "#0b6b70"];

class Chart extends HTMLElement {
  connectedCallback() {
    this.abort = new AbortController();
    this.dataset.state = "loading";
    this.build().catch((error) => this.failed(error));
  }

  disconnectedCallback() {
    this.abort.abort();
    clearInterval(this.timer);
    this.observer?.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
    this.box?.remove();
  }

  async build() {
    const { signal } = this.abort;
    this.parts = await import("./chart/draw.js");
    if (signal.aborted) return;
    this.box = this.appendChild(make("div", { class: "chart", "aria-hidden": "true" }));
    this.chart = this.parts.start(this.box);
    this.observer = new ResizeObserver(() => this.chart.resize());
    this.observer.observe(this.box);
    await this.reload();
    const again = () => this.reload().catch(() => {}); // what is shown stays until the next good answer
    if (this.hasAttribute("on")) document.body.addEventListener(this.getAttribute("on"), again, { signal });
    if (this.hasAttribute("refresh")) this.timer = setInterval(again, 1000 * Number(this.getAttribute("refresh")));
  }

  async reload() {
    const data = await source(this, "src", this.abort.signal);
    if (this.abort.signal.aborted) return;
    const some = data?.series?.some(({ values }) => values.length);
    if (some) this.chart.setOption(this.parts.options(data, this.look), { notMerge: true });
    else this.chart.clear();
    this.tabulate(data, some);
    this.dataset.state = some ? "ready" : "empty";
  }

  get look() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return {
      colours: COLOURS.map((colour, at) => styled(this, `--chart-${at + 1}`, colour)),
      text: styled(this, "--chart-text", styled(this, "color", "#4a5568")),
      grid: styled(this, "--chart-grid", "#e3e8ef"),
      back: styled(this, "--card", "#ffffff"),
      font: styled(this, "font-family", "sans-serif"),
      size: rem * 0.8125,
      moves: !still(),
    };
  }

  tabulate(data, some) {
    if (this.querySelector(":scope > table:not([data-own])")) return;
    this.querySelector(":scope > [data-own]")?.remove();
    this.append(some ? table(data, this.getAttribute("label")) : make("p", { class: "muted empty", "data-own": true }, say("No data")));
  }

  failed(error) {
    if (this.abort.signal.aborted) return;
    console.error(error);
    this.dataset.state = "failed";
    this.append(make("p", { class: "muted", role: "alert" }, say("The chart could not be loaded.")));
  }
}

function table({ categories, series, unit }, label) {
  const head = series.map(({ name = unit ?? "" }) => make("th", { scope: "col" }, name));
  const rows = categories.map((name, at) =>
    make("tr", {}, make("th", { scope: "row" }, name), ...series.map(({ values }) => make("td", {}, String(values[at] ?? "")))),
  );
  return make("table", { class: "sr", "data-own": true }, make("caption", {}, label ?? ""), make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...rows));
}

customElements.define("yw-chart", Chart);
