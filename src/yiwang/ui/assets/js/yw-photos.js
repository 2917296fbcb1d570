// <yw-photos> around <input type="file" name="photos" accept="image/*" multiple>: take or choose photos one after the
// other, see them, remove them. The chosen files stay in that very input, so the form sends them as always; without
// scripts the input works as it is.
//   max="9"            how many (default 9)
//   max-bytes="…"      how large one may be (default 20 MiB)
//   downscale="2048"   longest side in pixels; off by default, since re-encoding removes the position a photo carries
// Fires yw-photos:changed {count}.
import { icon, make } from "./dom.js";
import { say } from "./words.js";

const MEBIBYTE = 1024 * 1024;
const megabytes = (bytes) => `${(bytes / MEBIBYTE).toFixed(bytes < 10 * MEBIBYTE ? 1 : 0)} MB`;

class Photos extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    if (!this.input || this.list) return;
    this.files = [];
    this.input.hidden = true;
    this.list = make("ul", { class: "photos" });
    this.status = make("p", { class: "small", role: "status" });
    const ways = [this.way("camera", "Take a photo", "environment"), this.way("photo-plus", "Choose photos")];
    this.append(this.list, make("div", { class: "row wrapx" }, ...ways), this.status);
    this.input.addEventListener("change", () => this.add([...this.input.files])); // through its label
    this.input.form?.addEventListener("reset", () => this.keep([]));
  }

  disconnectedCallback() {
    for (const image of this.list?.querySelectorAll("img") ?? []) URL.revokeObjectURL(image.src);
  }

  // A button with a nameless input of its own: what it brings is added to the files there are.
  way(picture, sentence, capture) {
    const several = !capture && this.input.multiple;
    const source = make("input", { type: "file", accept: "image/*", capture, multiple: several, hidden: true });
    const button = make("button", { type: "button", class: "btn" }, icon(picture), say(sentence), source);
    button.addEventListener("click", () => source.click());
    source.addEventListener("click", (event) => event.stopPropagation());
    source.addEventListener("change", async (event) => {
      event.stopPropagation();
      await this.add([...source.files]);
      source.value = "";
    });
    return button;
  }

  async add(files) {
    const wrong = [];
    const fresh = [];
    for (const file of files) {
      const fault = this.fault(file, this.files.length + fresh.length);
      if (fault) wrong.push(fault);
      else fresh.push(await this.scaled(file));
    }
    this.keep([...this.files, ...fresh]);
    this.status.textContent = [...new Set(wrong)].join(" ");
    this.status.classList.toggle("error", wrong.length > 0);
  }

  fault(file, count) {
    const max = this.input.multiple ? Number(this.getAttribute("max") ?? 9) : 1;
    const limit = Number(this.getAttribute("max-bytes") ?? 20 * MEBIBYTE);
    if (count >= max) return say("At most {max} photos.", { max });
    if (!file.type.startsWith("image/")) return say("{name} is not a photo.", { name: file.name });
    if (file.size <= limit) return "";
    const sizes = { name: file.name, limit: megabytes(limit), size: megabytes(file.size) };
    return say("A photo may have {limit}; “{name}” has {size}.", sizes);
  }

  async scaled(file) {
    const side = Number(this.getAttribute("downscale"));
    const image = side && (await createImageBitmap(file).catch(() => null));
    if (!image || Math.max(image.width, image.height) <= side) return file;
    const factor = side / Math.max(image.width, image.height);
    const canvas = make("canvas", { width: Math.round(image.width * factor), height: Math.round(image.height * factor) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
  }

  keep(files) {
    const box = new DataTransfer();
    files.forEach((file) => box.items.add(file));
    this.files = files;
    this.input.files = box.files;
    this.show();
    this.dispatchEvent(new CustomEvent("yw-photos:changed", { bubbles: true, detail: { count: files.length } }));
  }

  show() {
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(...this.files.map((file, at) => this.item(file, at)));
  }

  item(file, at) {
    const image = make("img", { src: URL.createObjectURL(file), alt: say("Photo {n}", { n: at + 1 }) });
    const remove = make("button", { type: "button", "aria-label": say("Remove photo {n}", { n: at + 1 }) }, icon("x"));
    remove.addEventListener("click", () => {
      this.keep(this.files.filter((_, other) => other !== at));
      (this.list.querySelectorAll("button")[at] ?? this.querySelector(":scope > .row button")).focus();
    });
    return make("li", {}, image, remove);
  }
}

customElements.define("yw-photos", Photos);
