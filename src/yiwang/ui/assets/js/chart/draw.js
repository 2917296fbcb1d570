// The part of ECharts that we use, with the SVG renderer: sharp in any size, and no canvas to repaint.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export const start = (box) => echarts.init(box, null, { renderer: "svg" });
export { options } from "./options.js";
