// A Leaflet map in the manner of the house: one canvas for outlines and points (a second pane would swallow clicks),
// no tiles unless asked for, works offline. Loaded on first use by <yw-map> and <yw-locate>.
import L from "leaflet";

import { still, styled } from "../dom.js";
import { say } from "../words.js";

export { Areas } from "./areas.js";
export { Points } from "./points.js";
export { L };

export function view(box, { tiles, wheel = true } = {}) {
  const map = L.map(box, {
    renderer: L.canvas({ padding: 0.5, tolerance: 4 }),
    zoomSnap: 0.25,
    maxZoom: 19,
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: wheel,
    zoomAnimation: !still(),
    fadeAnimation: !still(),
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: say("Zoom in"), zoomOutTitle: say("Zoom out") }).addTo(map);
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(box);
  return map;
}

// The colours an element's style sheet sets, from few to many.
export function palette(element) {
  const fallback = ["#eaf1fb", "#c6dbf7", "#93bbee", "#5a95de", "#2470d8"];
  return {
    classes: fallback.map((colour, at) => styled(element, `--map-${at + 1}`, colour)),
    line: styled(element, "--map-line", "#7fa6d8"),
    points: {
      a: styled(element, "--map-a", "#c0392b"),
      b: styled(element, "--map-b", "#b26b00"),
      c: styled(element, "--map-c", "#1f6fb8"),
    },
  };
}
