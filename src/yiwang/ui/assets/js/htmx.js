// htmx under our content security policy: no eval, no inline style, requests to this host only.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyRestoreAsHxRequest: false,
  scrollBehavior: "auto",
});
window.htmx = htmx;

export default htmx;
