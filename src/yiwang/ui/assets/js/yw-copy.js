// <yw-copy text="…">button</yw-copy> or <yw-copy for="id">: a press copies the text (or that element's) and says so.
import { toast } from "./toasts.js";
import { say } from "./words.js";

class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  get text() {
    const other = document.getElementById(this.getAttribute("for"));
    return this.getAttribute("text") ?? other?.value ?? other?.textContent.trim() ?? "";
  }

  async handleEvent() {
    try {
      await navigator.clipboard.writeText(this.text); // only over https or on this machine
      toast(say("Copied"), "success");
    } catch {
      toast(say("Copying is not possible here. Select the text and copy it."), "info");
    }
  }
}

customElements.define("yw-copy", Copy);
