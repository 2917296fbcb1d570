// Districts as outlines coloured by a number, with names where there is room. Keyboard: the names are buttons.
import L from "leaflet";

const PIXELS = 15; // of one Chinese character of a name
const SPOTS = { middle: 0, below: 28, above: -28 };

// The five classes of a choropleth: bounds at equal counts of areas, so that one centre does not pale the rest.
export function bounds(numbers) {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  return [0.2, 0.4, 0.6, 0.8].map((part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]);
}

export const classOf = (number, limits) => (Number.isFinite(number) ? limits.filter((limit) => number >= limit).length : 0);

// The centre of gravity of the largest ring of a geometry, as [lat, lon].
export function centre({ type, coordinates }) {
  const rings = (type === "Polygon" ? [coordinates] : coordinates).map(([outer]) => moments(outer));
  const [, x, y] = rings.sort((a, b) => b[0] - a[0])[0];
  return [y, x];
}

function moments(ring) {
  let area = 0, x = 0, y = 0;
  ring.forEach(([x1, y1], at) => {
    const [x2, y2] = ring[(at + 1) % ring.length];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  return area ? [Math.abs(area), x / (3 * area), y / (3 * area)] : [0, ...ring[0]];
}

export class Areas {
  constructor(map, collection, colours, pick) {
    this.map = map;
    this.colours = colours;
    this.layers = new Map();
    this.names = L.layerGroup().addTo(map);
    this.shapes = L.geoJSON(collection, {
      style: () => ({ color: colours.line, weight: 1, fillOpacity: 0.9 }),
      onEachFeature: (feature, layer) => this.add(feature, layer, pick),
    }).addTo(map);
    this.paint({});
    this.taken = [];
    map.on("zoomend resize", () => this.fit());
    map.on("clustered", ({ places }) => this.fit(places));
  }

  add(feature, layer, pick) {
    const { code, name = "" } = feature.properties;
    const text = written(name);
    const icon = L.divIcon({ className: "area-name", html: text, iconSize: null });
    const label = L.marker(centre(feature.geometry), { icon, title: name, zIndexOffset: -500 });
    this.layers.set(String(code), { feature, layer, label, text });
    if (!pick) return void (label.options.interactive = false);
    const chosen = () => pick(feature.properties, layer);
    layer.on("click", chosen);
    label.on("click", chosen).on("keypress", (event) => event.originalEvent.key === "Enter" && chosen());
    layer.on("mouseover", () => layer.setStyle({ weight: 2.5 })).on("mouseout", () => layer.setStyle({ weight: 1 }));
  }

  // values: {code: number}; areas without one get the palest class.
  paint(values) {
    const value = ({ code, value: own }) => values[code] ?? own;
    const limits = bounds([...this.layers.values()].map(({ feature }) => value(feature.properties)));
    for (const { feature, layer } of this.layers.values()) {
      const number = value(feature.properties);
      layer.setStyle({ fillColor: this.colours.classes[classOf(number, limits)] });
      layer.unbindTooltip().bindTooltip(spoken(feature.properties.name, number), { sticky: true });
    }
    this.fit();
  }

  // Show only the names that fit into their own outline, and beside the clusters (places: [lat, lon]).
  fit(places = this.taken) {
    this.taken = places;
    if (!this.map._loaded) return; // Leaflet has no public word for "has a view"
    const crowd = places.map((place) => this.map.latLngToContainerPoint(place));
    for (const { feature, layer, label, text } of this.layers.values()) {
      const half = (PIXELS * (feature.properties.name ?? "").length) / 2;
      const spot = this.room(layer) > 2 * half ? free(this.map.latLngToContainerPoint(label.getLatLng()), half, crowd) : undefined;
      const fits = spot !== undefined;
      if (fits !== this.names.hasLayer(label)) this.names[fits ? "addLayer" : "removeLayer"](label);
      text.dataset.spot = spot ?? "";
    }
  }

  room(layer) {
    const box = layer.getBounds();
    return this.map.latLngToContainerPoint(box.getNorthEast()).x - this.map.latLngToContainerPoint(box.getSouthWest()).x;
  }
}

// Where a name of half this width can stand: at its point, below or above it, or nowhere.
function free({ x, y }, half, crowd) {
  const clear = (shift) => !crowd.some((other) => Math.abs(other.x - x) < half + 18 && Math.abs(other.y - y - shift) < 26);
  return Object.keys(SPOTS).find((spot) => clear(SPOTS[spot]));
}

const written = (text) => Object.assign(document.createElement("span"), { textContent: text });

const spoken = (name, number) => written(Number.isFinite(number) ? `${name} ${number.toLocaleString()}` : name);
