// Many points as clusters with their number, single ones as dots on the canvas. Only what is in view is drawn.
import L from "leaflet";
import Supercluster from "supercluster";

import { still } from "../dom.js";
import { say } from "../words.js";

export const size = (count) => (count >= 100 ? "l" : count >= 30 ? "m" : "s");
export const short = (count) => (count >= 10_000 ? `${Math.round(count / 1000)}k` : count >= 1000 ? `${(count / 1000).toFixed(1)}k` : String(count));

export class Points {
  // features: GeoJSON points, properties {id, title, level: a|b|c, …}; pick(properties, latlng) on a click of one.
  constructor(map, colours, pick) {
    Object.assign(this, { map, colours, pick });
    this.index = new Supercluster({ radius: 60, maxZoom: 16 });
    this.layer = L.layerGroup().addTo(map);
    map.on("moveend", () => this.draw());
  }

  load(features) {
    this.index.load(features);
    this.loaded = true;
    this.draw();
  }

  draw() {
    if (!this.loaded || !this.map._loaded) return;
    const box = this.map.getBounds().pad(0.1);
    const frame = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    this.layer.clearLayers();
    const shown = this.index.getClusters(frame, Math.floor(this.map.getZoom()));
    for (const feature of shown) {
      this.layer.addLayer(feature.properties.cluster ? this.cluster(feature) : this.dot(feature));
    }
    this.map.fire("clustered", { places: shown.map(({ geometry: { coordinates: [lon, lat] } }) => [lat, lon]) });
  }

  cluster({ id, geometry: { coordinates: [lon, lat] }, properties: { point_count: count } }) {
    const number = document.createElement("b");
    number.textContent = short(count);
    const title = say("{n} here; show them", { n: count });
    const icon = L.divIcon({ className: `cluster ${size(count)}`, html: number, iconSize: null });
    const open = () => this.map.flyTo([lat, lon], this.index.getClusterExpansionZoom(id) + 0.5, { duration: 0.4, animate: !still() });
    const marker = L.marker([lat, lon], { icon, title });
    marker.on("add", () => marker.getElement().setAttribute("aria-label", title));
    return marker.on("click", open).on("keypress", (event) => event.originalEvent.key === "Enter" && open());
  }

  dot({ geometry: { coordinates: [lon, lat] }, properties }) {
    const fillColor = this.colours.points[properties.level] ?? this.colours.points.c;
    const dot = L.circleMarker([lat, lon], { radius: 7, weight: 1.5, color: "#fff", fillColor, fillOpacity: 1 });
    if (properties.title) dot.bindTooltip(Object.assign(document.createElement("span"), { textContent: properties.title }));
    return dot.on("click", (event) => {
      L.DomEvent.stop(event);
      this.pick(properties, event.latlng);
    });
  }
}
