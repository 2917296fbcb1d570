// How a person likes to read: <button data-switch="size" data-value="large"> sets html[data-size] and the cookie
// yiwang_size, which the server reads for the next page; pressed again it goes back. Likewise contrast.
// Without scripts the same control may be a link or form of the page.
const YEAR = 365 * 24 * 3600;

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `yiwang_${name}=${value}; path=/; max-age=${value ? YEAR : 0}; samesite=lax${secure}`;
}

function show(button) {
  const { switch: name, value } = button.dataset;
  button.setAttribute("aria-pressed", String(document.documentElement.dataset[name] === value));
}

export function set(name, value) {
  const root = document.documentElement;
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  keep(name, value);
  document.querySelectorAll(`[data-switch="${name}"]`).forEach(show);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-switch]");
  if (!button) return;
  event.preventDefault();
  const { switch: name, value = "" } = button.dataset;
  set(name, document.documentElement.dataset[name] === value ? "" : value);
});
document.querySelectorAll("[data-switch]").forEach(show);
