// <yw-locate> lets a person give a position: by the device, or by a tap on a map. It writes the hidden fields
// lon, lat, datum (and accuracy in metres when measured) of the form around it, in degrees of WGS-84.
//   lon-name=, lat-name=, datum-name=   other names of the fields; fields already inside keep their values
//   areas=    address of GeoJSON outlines to draw on the map; tiles= as in yw-map
//   place=    address asked as ?lon=&lat=&datum= for {name}: said back, so that the person sees what was understood
//   asks      ask for the position at once (the browser asks for permission)
// Fires yw-locate:chosen {lon, lat, name}. Without scripts the form's address field is the way.
import { icon, json, make, source } from "./dom.js";
import { say } from "./words.js";

const DATUM = "WGS-84"; // what browsers measure; the outlines of the map are in it too (CGCS2000 is the same here)
const PATIENCE = { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 };
const REFUSED = 1; // GeolocationPositionError.PERMISSION_DENIED

class Locate extends HTMLElement {
  connectedCallback() {
    if (this.buttons) return;
    this.fields = Object.fromEntries(["lon", "lat", "datum", "accuracy"].map((name) => [name, this.field(name)]));
    this.buttons = make(
      "div",
      { class: "row wrapx" },
      this.button("current-location", "Use my position", () => this.ask()),
      (this.opener = this.button("map-pin", "Choose on the map", () => this.toggle())),
      (this.clearer = this.button("x", "Remove the position", () => this.clear())),
    );
    this.opener.setAttribute("aria-expanded", "false");
    this.status = make("p", { class: "small muted", role: "status" });
    this.append(this.buttons, this.status);
    this.clearer.hidden = !this.fields.lon.value;
    if (this.fields.lon.value) this.tell(Number(this.fields.lon.value), Number(this.fields.lat.value));
    else if (this.hasAttribute("asks")) this.ask();
  }

  field(kind) {
    const name = this.getAttribute(`${kind}-name`) ?? kind;
    const found = this.querySelector(`input[name="${CSS.escape(name)}"]`);
    return found ?? this.appendChild(make("input", { type: "hidden", name }));
  }

  button(picture, sentence, act) {
    const made = make("button", { type: "button", class: "btn sm" }, icon(picture), say(sentence));
    made.addEventListener("click", act);
    return made;
  }

  ask() {
    if (!window.isSecureContext || !navigator.geolocation) {
      return this.cannot("This needs a connection over https. Choose the place on the map.");
    }
    this.status.textContent = say("Finding your position …");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.choose(coords.longitude, coords.latitude, coords.accuracy),
      ({ code }) => this.cannot(
        code === REFUSED
          ? "You did not allow this page to know your position. Choose the place on the map."
          : "Position unavailable. Choose the place on the map.",
      ),
      PATIENCE,
    );
  }

  async cannot(sentence) {
    if (!this.map) await this.toggle();
    this.status.textContent = say(sentence);
  }

  async toggle() {
    const open = this.opener.getAttribute("aria-expanded") !== "true";
    this.opener.setAttribute("aria-expanded", String(open));
    this.opener.lastChild.data = say(open ? "Close the map" : "Choose on the map");
    if (this.box) this.box.hidden = !open;
    else if (open) await this.draw().catch(() => (this.status.textContent = say("The map could not be loaded.")));
    if (open && this.map) this.status.textContent ||= say("Tap the place on the map.");
  }

  async draw() {
    this.box = make("div", { class: "map", role: "region", "aria-label": say("Choose on the map") });
    this.append(this.box);
    const [parts, areas] = await Promise.all([import("./map/view.js"), source(this, "areas")]);
    this.leaflet = parts.L;
    this.map = parts.view(this.box, { tiles: this.getAttribute("tiles") });
    const shapes = areas && new parts.Areas(this.map, areas, parts.palette(this)).shapes;
    this.map.fitBounds(shapes?.getBounds() ?? [[18, 73], [54, 135]]);
    this.map.on("click", ({ latlng }) => this.choose(latlng.lng, latlng.lat));
    if (this.fields.lon.value) this.pin(Number(this.fields.lon.value), Number(this.fields.lat.value), 15);
  }

  choose(lon, lat, accuracy) {
    this.fields.lon.value = lon.toFixed(6);
    this.fields.lat.value = lat.toFixed(6);
    this.fields.datum.value = DATUM;
    this.fields.accuracy.value = accuracy ? Math.round(accuracy) : "";
    this.clearer.hidden = false;
    if (this.map) this.pin(lon, lat, accuracy ? 15 : undefined);
    return this.tell(lon, lat, accuracy);
  }

  pin(lon, lat, zoom) {
    const picture = this.leaflet.divIcon({ className: "pin", html: icon("map-pin"), iconSize: null });
    this.marker?.remove();
    this.marker = this.leaflet.marker([lat, lon], { icon: picture, draggable: true, autoPan: true }).addTo(this.map);
    this.marker.on("dragend", ({ target }) => this.choose(target.getLatLng().lng, target.getLatLng().lat));
    if (zoom) this.map.setView([lat, lon], zoom);
  }

  // Say which place was understood; a slower answer for an older choice is dropped.
  async tell(lon, lat, accuracy) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const about = accuracy ? say("(about {n} m)", { n: Math.round(accuracy) }) : "";
    const figures = `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
    const name = await this.named(lon, lat);
    if (turn !== this.turn) return;
    this.status.textContent = `${say("Position marked: {place}", { place: name || figures })} ${about}`.trim();
    this.dispatchEvent(new CustomEvent("yw-locate:chosen", { bubbles: true, detail: { lon, lat, name } }));
  }

  async named(lon, lat) {
    const address = this.getAttribute("place");
    if (!address) return "";
    const query = new URLSearchParams({ lon, lat, datum: DATUM });
    return json(`${address}?${query}`).then((answer) => answer.name ?? "", () => "");
  }

  clear() {
    for (const field of Object.values(this.fields)) field.value = "";
    this.turn = (this.turn ?? 0) + 1;
    this.marker?.remove();
    this.marker = undefined;
    this.clearer.hidden = true;
    this.status.textContent = "";
  }
}

customElements.define("yw-locate", Locate);
