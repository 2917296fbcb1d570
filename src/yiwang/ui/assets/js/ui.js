// The script of every page: htmx with our settings, and the custom elements. Heavy parts load on first use.
import "./htmx.js";
