// <yw-live> keeps a part of the page fresh. It listens to the server's event stream and, where there is none, polls.
//   src="/live"          an event stream (text/event-stream); absent: polling only
//   events="case,alarm"  names of the stream's events to heed (default: message)
//   every="10"           seconds between polls while no stream is open (default 30; 0: never)
//   href="/newest"       fetched into this element on each event or poll (as htmx would, elements inside live on)
// For other elements it fires `live` and `live:<name>` on the document body: hx-trigger="live:case from:body".
// data-state: open | polling | offline | waiting. Nothing happens while the page is hidden; coming back refreshes.
import htmx from "./htmx.js";

const RETRY = [1, 2, 5, 10, 30]; // seconds
const QUIET = 300; // milliseconds: a burst of events is one refresh

class Live extends HTMLElement {
  connectedCallback() {
    this.failures = 0;
    this.abort = new AbortController();
    const { signal } = this.abort;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.start(true)), { signal });
    window.addEventListener("online", () => this.start(true), { signal });
    this.start(false);
  }

  disconnectedCallback() {
    this.abort.abort();
    this.stop();
  }

  start(missed) {
    this.stop();
    this.state("waiting");
    this.poll();
    this.listen();
    if (missed) this.refresh("back");
  }

  stop() {
    this.stream?.close();
    clearInterval(this.polling);
    clearTimeout(this.retry);
    clearTimeout(this.burst);
    this.burst = undefined;
  }

  listen() {
    if (!this.hasAttribute("src")) return;
    this.stream = new EventSource(this.getAttribute("src"));
    this.stream.onopen = () => this.opened();
    this.stream.onerror = () => this.lost();
    for (const name of (this.getAttribute("events") ?? "message").split(",")) {
      this.stream.addEventListener(name.trim(), (event) => this.refresh(event.type, event.data));
    }
  }

  opened() {
    if (this.failures) this.refresh("back"); // what happened meanwhile was not heard
    this.failures = 0;
    clearInterval(this.polling);
    this.state("open");
  }

  // We reconnect ourselves: a browser gives up for good on any answer that is not a stream.
  lost() {
    this.stream.close();
    this.poll();
    const pause = RETRY[Math.min(this.failures++, RETRY.length - 1)];
    this.retry = setTimeout(() => this.listen(), pause * 1000 * (1 + Math.random() / 4));
  }

  poll() {
    clearInterval(this.polling);
    const every = Number(this.getAttribute("every") ?? 30);
    this.state(navigator.onLine ? "polling" : "offline");
    if (every > 0) this.polling = setInterval(() => this.refresh("poll"), every * 1000);
  }

  refresh(name, data) {
    if (document.hidden) return;
    htmx.trigger(document.body, `live:${name}`, { data });
    this.burst ??= setTimeout(() => this.fetch(), QUIET);
  }

  async fetch() {
    this.burst = undefined;
    htmx.trigger(document.body, "live");
    const href = this.getAttribute("href");
    if (!href) return;
    const answer = await fetch(href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!this.isConnected) return;
    this.state(!answer ? "offline" : this.stream?.readyState === EventSource.OPEN ? "open" : "polling");
    if (!answer?.ok) return;
    const html = await answer.text();
    if (html === this.shown) return; // unchanged: keep focus, selection and scrolling
    this.shown = html;
    htmx.swap(this, html, { swapStyle: "innerHTML" });
    this.dispatchEvent(new CustomEvent("yw-live:fresh", { bubbles: true }));
  }

  state(word) {
    this.dataset.state = word;
  }
}

customElements.define("yw-live", Live);
