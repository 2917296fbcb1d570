// Forms that leave the page are sent once: a second press on a slow network does nothing. Coming back with the
// browser's history makes them usable again. (htmx forms: hx-disabled-elt; the server has idempotency keys.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.matches("[hx-post], [data-hx-post]")) return;
  if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// <select data-submit> and friends send their form when changed.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form?.requestSubmit();
});

// <input type="checkbox" data-check="name"> ticks all boxes of that name in its form.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.check;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) {
    box.checked = event.target.checked;
  }
});
