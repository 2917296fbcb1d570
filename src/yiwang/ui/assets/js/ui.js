// The script of every page: htmx with our settings, page-wide behaviour, and the custom elements.
// Leaflet and ECharts are parts of their own, fetched only where a page has a map or a chart.
import "./htmx.js";
import "./toasts.js";
import "./dialogs.js";
import "./forms.js";
import "./rows.js";
import "./switches.js";
import "./yw-chart.js";
import "./yw-clock.js";
import "./yw-copy.js";
import "./yw-live.js";
import "./yw-locate.js";
import "./yw-map.js";
import "./yw-photos.js";
