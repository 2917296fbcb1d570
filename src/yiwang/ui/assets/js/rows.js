// Rows of a table that hold a link are a big target: a click anywhere in the row follows its first link. The row of
// the last link loaded into the detail pane is marked as selected; j and k move through the rows as the arrows do.
const CONTROLS = "a, button, input, select, textarea, label, summary, [contenteditable]";
const link = (row) => row?.querySelector("a[href]");

function select(row) {
  for (const other of row.parentElement.querySelectorAll(":scope > [aria-selected]")) other.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
}

document.addEventListener("click", (event) => {
  const row = event.target.closest(".table tbody tr");
  if (!row || event.defaultPrevented && !event.target.closest("a[hx-get]")) return;
  const inside = event.target.closest(CONTROLS);
  if (inside ? inside === link(row) && inside.matches("[hx-get]") : link(row)?.matches("[hx-get]")) select(row);
  if (!inside && !String(getSelection())) link(row)?.click();
});

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const rows = [...document.querySelectorAll(".table tbody tr")].filter((row) => link(row)?.matches("[hx-get]"));
  if (!rows.length || document.querySelector("dialog[open]")) return;
  const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  link(next).focus();
  link(next).click();
});

// On a phone there is no pane beside the list: a link whose target is not shown is followed as a link.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (!elt.matches("a[href]") || target.id !== "detail" || target.checkVisibility()) return;
  event.preventDefault();
  location.assign(elt.href);
});
