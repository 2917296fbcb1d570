// htmx under our content security policy: no eval (so no hx-on, hx-vals="js:" or filters in hx-trigger),
// no style element, requests to this host only. Forms answered with 422 are shown with their errors.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyRestoreAsHxRequest: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "...", swap: false, error: true },
  ],
});
window.htmx = htmx;

export default htmx;
