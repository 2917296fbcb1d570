// The one dialog of a page, <dialog id="dialog">: whatever htmx puts into it opens it. It closes by Escape, by a
// [data-close] control, by a click beside it, and when the server answers with `HX-Trigger: close-dialog`; then it
// is emptied and focus returns to where it was. [data-open="id"] opens any other <dialog> of the page.
// A click beside it does not close a dialog whose form was changed.
const dialog = () => document.getElementById("dialog");
let changed = false;

function named(box) {
  const heading = box.querySelector("h1, h2, h3");
  if (!heading || box.hasAttribute("aria-label")) return;
  heading.id ||= "dialog-title";
  box.setAttribute("aria-labelledby", heading.id);
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const box = dialog();
  if (!box || !(detail.target === box || box.contains(detail.target))) return;
  if (!box.textContent.trim()) return box.open && box.close();
  named(box);
  if (box.open) return;
  changed = false;
  box.showModal();
});
document.addEventListener("close-dialog", () => dialog()?.open && dialog().close());
document.addEventListener("input", (event) => {
  changed ||= Boolean(dialog()?.contains(event.target));
});
document.addEventListener("click", (event) => {
  const box = event.target.closest("dialog");
  if (box && event.target.closest("[data-close]")) {
    event.preventDefault(); // a link that cancels leads somewhere only where there is no dialog around it
    return box.close();
  }
  if (event.target === box && outside(event, box) && !(box === dialog() && changed)) return box.close();
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
});
document.addEventListener(
  "close",
  (event) => {
    if (event.target === dialog()) event.target.replaceChildren();
  },
  true,
);

function outside({ clientX: x, clientY: y }, box) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return (x || y) && (x < left || x > right || y < top || y > bottom);
}
