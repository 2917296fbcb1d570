// Small helpers for elements: make nodes without inline script or style, read data islands, fetch JSON.

// make("button", {class: "btn", type: "button"}, "text", node, …)
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

// An icon of the sprite; its address follows from the one of this script.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${new URL("icons.svg", import.meta.url).pathname}#${name}`);
  svg.append(use);
  return svg;
}

// The JSON of a child <script type="application/json" data-for="name">, or undefined.
export function island(element, name) {
  const found = element.querySelector(`script[type="application/json"][data-for="${name}"]`);
  return found ? JSON.parse(found.textContent) : undefined;
}

export async function json(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// What an element shows: its attribute's address, else its data island.
export const source = (element, name, signal) =>
  element.hasAttribute(name) ? json(element.getAttribute(name), signal) : Promise.resolve(island(element, name));

// Whether the person asked their device for less motion.
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A colour or size that the style sheet sets as a custom property, else the default.
export const styled = (element, name, fallback) => getComputedStyle(element).getPropertyValue(name).trim() || fallback;
