// <yw-clock> shows the time, or how long until a deadline; what the server wrote inside stands until then.
//   format="time" | "date" | "datetime"   a running clock (default: time), in the page's language and the city's time zone
//   due="2026-11-21T15:00:00+08:00"       instead: the time left, or by how much it is overdue
//   yellow=, red=                         moments after which data-level becomes yellow, red (then overdue)
//   paused                                nothing ticks: the text of the server stays
// The server's time and its offset from UTC come from <meta name="yw-now"> when the page has it: a wrong clock or
// time zone of the reader does no harm.
import { chinese, say } from "./words.js";

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  date: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  datetime: { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false },
};
const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

const meta = document.querySelector('meta[name="yw-now"]');
const ahead = meta ? Date.parse(meta.content) - performance.timeOrigin : 0;
const offset = zone(meta?.content);
export const now = () => Date.now() + (Math.abs(ahead) > 2 * MINUTE ? ahead : 0);

// Milliseconds that the wall clock is ahead of UTC where the server stands ("…+08:00"), else where the reader is.
function zone(moment = "") {
  const [, sign, hours, minutes] = moment.match(/([+-])(\d\d):(\d\d)$/) ?? [];
  return sign ? Number(sign + 1) * (hours * HOUR + minutes * MINUTE) : -new Date().getTimezoneOffset() * MINUTE;
}

// "3 h", "2.1 h", "5 d": short enough for a column.
export function span(milliseconds) {
  const length = Math.abs(milliseconds);
  if (length < HOUR) return say("{n} min", { n: Math.floor(length / MINUTE) });
  if (length < DAY) return say("{n} h", { n: Math.floor(length / (HOUR / 10)) / 10 });
  return say("{n} d", { n: Math.floor(length / DAY) });
}

class Clock extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("paused")) return;
    this.tick();
    this.timer = setInterval(() => this.tick(), this.hasAttribute("due") ? 10_000 : 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    if (this.hasAttribute("due")) return this.count();
    const format = FORMATS[this.getAttribute("format") ?? "time"] ?? FORMATS.time;
    const text = new Intl.DateTimeFormat(chinese() ? "zh-CN" : "en-GB", { ...format, timeZone: "UTC" }).format(now() + offset);
    if (text !== this.textContent) this.textContent = text;
  }

  count() {
    const left = Date.parse(this.getAttribute("due")) - now();
    if (Number.isNaN(left)) return;
    this.textContent = say(left < 0 ? "Overdue {time}" : "{time} left", { time: span(left) });
    this.dataset.level = left < 0 ? "overdue" : this.passed("red") ? "red" : this.passed("yellow") ? "yellow" : "green";
  }

  passed(name) {
    return this.hasAttribute(name) && Date.parse(this.getAttribute(name)) <= now();
  }
}

customElements.define("yw-clock", Clock);
