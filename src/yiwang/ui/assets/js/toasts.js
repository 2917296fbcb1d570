// Short messages in the corner: what a server says through `HX-Trigger: {"toast": {"text", "level"}}`,
// and every failed htmx request in words: what the server answered (text or problem JSON), else a sentence of ours.
// A message goes by itself unless it is an error. Page element: #toasts (made when absent).
import { icon, make } from "./dom.js";
import { say } from "./words.js";

const SECONDS = 6;

function host() {
  // An open modal dialog covers everything else, so its messages must stand inside it.
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  let found = modal ? modal.querySelector(":scope > .toasts") : document.getElementById("toasts");
  if (!found) {
    found = make("div", { id: modal ? undefined : "toasts", class: "toasts", role: "status", "aria-live": "polite" });
    (modal ?? document.body).append(found);
  }
  return found;
}

export function toast(text, level = "info", ...extra) {
  const close = make("button", { type: "button", class: "btn sm ghost", "aria-label": say("Close") }, icon("x"));
  const role = level === "error" ? "alert" : undefined;
  const box = make("div", { class: `toast ${level}`, role }, make("span", { class: "grow" }, text), ...extra, close);
  close.addEventListener("click", () => box.remove());
  host().append(box);
  if (level !== "error") setTimeout(() => box.remove(), SECONDS * 1000);
  return box;
}

function words(request) {
  const type = request.getResponseHeader("Content-Type") ?? "";
  if (type.includes("json")) {
    try {
      const problem = JSON.parse(request.responseText);
      return [problem.title, problem.detail].filter((part) => typeof part === "string").join(" ");
    } catch {
      return "";
    }
  }
  return type.startsWith("text/plain") ? request.responseText.trim().slice(0, 500) : "";
}

function general(status) {
  if (status === 401) return say("Sign in again to go on.");
  if (status === 404) return say("It is not here any more, or went to others. Nothing was changed.");
  if (status === 409) return say("Somebody else was faster.");
  if (status < 500) return say("This cannot be done (error {status}).", { status });
  return say("Something went wrong here (error {status}). Please try again later.", { status });
}

function reload() {
  const button = make("button", { type: "button", class: "btn sm" }, say("Reload"));
  button.addEventListener("click", () => location.reload());
  return button;
}

document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  const said = xhr.status === 404 ? "" : words(xhr); // the page one looks at was there: what went is the thing
  toast(said || general(xhr.status), "error", [401, 404, 409].includes(xhr.status) ? reload() : undefined);
});
document.addEventListener("htmx:sendError", () => {
  toast(say("No connection. Nothing was sent; please try again."), "error");
});
document.addEventListener("htmx:timeout", () => {
  const sentence = "The answer took too long. Please look whether it was done before you try again.";
  toast(say(sentence), "error");
});
document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail.level));
