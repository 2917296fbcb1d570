// From our own words for a chart to ECharts' options. Pure: everything it needs comes in.
//   {kind: "line" | "bar" | "bars" | "pie", categories: [name, …], unit: "件",
//    series: [{name, values: [number | null, …], style: "area" | "dashed" | undefined}]}
// bar stands, bars lie (the first category on top); a pie shows its first series.
export const KINDS = ["line", "bar", "bars", "pie"];

export function options(data, look) {
  if (!KINDS.includes(data.kind)) throw new Error(`chart kind "${data.kind}"; there are ${KINDS.join(", ")}`);
  const shared = {
    color: look.colours,
    animation: look.moves,
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.text },
    legend: legend(data, look),
  };
  return { ...shared, ...(data.kind === "pie" ? pie(data, look) : plane(data, look)) };
}

function legend({ kind, series }, look) {
  const text = { textStyle: { color: look.text, fontSize: look.size }, icon: "roundRect", itemWidth: look.size, itemHeight: look.size };
  if (kind === "pie") return { ...text, orient: "vertical", right: 0, top: "middle", itemGap: look.size * 0.75 };
  return { ...text, show: series.length > 1, top: 0 };
}

function pie({ categories, series: [{ values }], unit = "" }, look) {
  const data = categories.map((name, at) => ({ name, value: values[at] }));
  return {
    tooltip: { trigger: "item", valueFormatter: (value) => `${value} ${unit}`.trim() },
    series: [{ type: "pie", radius: ["48%", "78%"], center: ["34%", "50%"], label: { show: false }, data,
      itemStyle: { borderColor: look.back, borderWidth: 2 } }],
  };
}

function plane({ kind, categories, series, unit = "" }, look) {
  const lying = kind === "bars";
  const names = { type: "category", data: categories, inverse: lying, boundaryGap: kind !== "line",
    axisTick: { show: false }, axisLine: { show: !lying, lineStyle: { color: look.grid } }, axisLabel: label(look) };
  const numbers = { type: "value", name: lying ? undefined : unit, show: !lying, minInterval: 1, axisLabel: label(look),
    nameTextStyle: { color: look.text }, splitLine: { lineStyle: { color: look.grid } } };
  return {
    grid: { left: 0, right: lying ? look.size * 3.5 : look.size, bottom: 0, containLabel: true,
      top: lying ? 0 : look.size * (series.length > 1 ? 2.75 : unit ? 2.5 : 1) },
    tooltip: { trigger: "axis", valueFormatter: (value) => `${value ?? "–"} ${unit}`.trim() },
    xAxis: lying ? numbers : names,
    yAxis: lying ? names : numbers,
    series: series.map((one) => (kind === "line" ? line(one) : bar(one, lying, look))),
  };
}

const label = (look) => ({ color: look.text, fontSize: look.size, hideOverlap: true });

const line = ({ name, values, style }) => ({
  type: "line", name, data: values, showSymbol: false, smooth: 0.3, lineStyle: { width: 2, type: style === "dashed" ? "dashed" : "solid" },
  areaStyle: style === "area" ? { opacity: 0.18 } : undefined,
});

const bar = ({ name, values }, lying, look) => ({
  type: "bar", name, data: values, barMaxWidth: look.size * 1.25, itemStyle: { borderRadius: lying ? 99 : [3, 3, 0, 0] },
  showBackground: lying, backgroundStyle: { color: look.grid, borderRadius: 99, opacity: 0.5 },
  label: { show: lying, position: "right", color: look.text, fontSize: look.size },
});
