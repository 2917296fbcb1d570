// <yw-map> shows areas coloured by a number and points in clusters. It needs no tiles and works offline.
//   areas=     address of GeoJSON polygons, properties {code, name, value?}
//   values=    address of {code: number} for the colours
//   points=    address of GeoJSON points, properties {id, title, level: a|b|c}
//              each of the three may instead be a child <script type="application/json" data-for="areas|values|points">
//   on="live"  an event of the document body after which values and points are fetched again (see yw-live)
//   refresh=   or: seconds between such fetches
//   drill      a click on an area zooms into it, with a way back
//   area-href="/wall?area={code}", point-href="/cases/{id}"   where a click leads; target="#id": loaded there by htmx
//   tiles="/tiles/{z}/{x}/{y}.png"   optional background (from this host)
//   label=     what the map shows, for those who do not see it; give the same facts as text beside it
// Fires yw-map:area {code, name} and yw-map:point {id, …}; preventDefault() stops the link. Colours: --map-1 … --map-5,
// --map-line, --map-a, --map-b, --map-c. data-state: loading | ready | failed.
import { make, source, still } from "./dom.js";
import htmx from "./htmx.js";
import { say } from "./words.js";

const FRAME = { padding: [12, 12], maxZoom: 16 };
const flight = () => ({ ...FRAME, duration: 0.4, animate: !still() });

class YwMap extends HTMLElement {
  connectedCallback() {
    this.abort = new AbortController();
    this.dataset.state = "loading";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", this.getAttribute("label") ?? say("Map"));
    this.build().catch((error) => this.failed(error));
  }

  disconnectedCallback() {
    this.abort.abort();
    clearInterval(this.timer);
    this.map?.remove();
    this.map = undefined;
    this.box?.remove();
  }

  async build() {
    const { signal } = this.abort;
    const [parts, areas] = await Promise.all([import("./map/view.js"), source(this, "areas", signal)]);
    if (signal.aborted) return;
    this.box = this.appendChild(make("div", { class: "map" }));
    this.map = parts.view(this.box, { tiles: this.getAttribute("tiles"), wheel: !this.hasAttribute("still") });
    const colours = parts.palette(this);
    this.areas = areas && new parts.Areas(this.map, areas, colours, (what, layer) => this.chosen(what, layer));
    this.points = new parts.Points(this.map, colours, (what) => this.follow("point", what));
    await this.reload();
    this.keep();
  }

  async reload() {
    const { signal } = this.abort;
    const [values, points] = await Promise.all([source(this, "values", signal), source(this, "points", signal)]);
    if (signal.aborted) return;
    if (values) this.areas?.paint(values);
    if (points) this.points.load(points.features);
    if (this.dataset.state === "loading") this.frame(points);
    this.dataset.state = "ready";
  }

  // The first view: all areas, else all points, else the country.
  frame(points) {
    const shown = this.areas?.shapes.getBounds();
    const corners = points?.features.map(({ geometry: { coordinates: [lon, lat] } }) => [lat, lon]) ?? [];
    const whole = shown?.isValid() ? shown : corners.length ? corners : [[18, 73], [54, 135]];
    this.map.fitBounds(whole, FRAME);
    this.whole = whole;
  }

  keep() {
    const again = () => this.reload().catch(() => {}); // what is shown stays until the next good answer
    if (this.hasAttribute("on")) document.body.addEventListener(this.getAttribute("on"), again, { signal: this.abort.signal });
    if (this.hasAttribute("refresh")) this.timer = setInterval(again, 1000 * Number(this.getAttribute("refresh")));
  }

  chosen(properties, layer) {
    if (this.hasAttribute("drill")) this.into(layer);
    this.follow("area", properties);
  }

  into(layer) {
    this.map.flyToBounds(layer.getBounds(), flight()); // unlike a fit, a flight may be changed under way
    if (this.back) return;
    this.back = this.appendChild(make("button", { type: "button", class: "btn sm map-back" }, say("Show all")));
    this.back.addEventListener("click", () => {
      this.map.flyToBounds(this.whole, flight());
      this.back = void this.back.remove();
      this.follow("area", { code: "", name: "" }, false);
    });
  }

  follow(kind, properties, link = true) {
    const event = new CustomEvent(`yw-map:${kind}`, { bubbles: true, cancelable: true, detail: properties });
    const href = this.getAttribute(`${kind}-href`);
    if (!this.dispatchEvent(event) || !href || !link) return;
    const address = href.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(properties[name] ?? ""));
    if (this.hasAttribute("target")) htmx.ajax("GET", address, { target: this.getAttribute("target"), source: this });
    else location.assign(address);
  }

  failed(error) {
    if (this.abort.signal.aborted) return;
    console.error(error);
    this.dataset.state = "failed";
    this.append(make("p", { class: "muted", role: "alert" }, say("The map could not be loaded.")));
  }
}

customElements.define("yw-map", YwMap);
