// Bundles the screens' scripts, styles and icons. Called by hatch_build.py:
//   node build.mjs <node_modules> <output folder>
// Writes ui.js (an ES module that loads its heavy parts only where a page uses them), ui.css, icons.svg and the
// licences of the packages inside.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map((path) => resolve(path));
const esbuild = createRequire(join(modules, "/"))("esbuild");

const shared = {
  bundle: true,
  minify: true,
  nodePaths: [modules],
  legalComments: "none", // licences.txt says it once
  metafile: true,
  logLevel: "warning",
  target: ["chrome100", "firefox100", "safari15.4"],
  loader: { ".png": "dataurl", ".svg": "dataurl", ".woff2": "file" },
};

function icon(name) {
  const file = join(modules, "@tabler/icons/icons/outline", `${name}.svg`);
  const source = readFileSync(file, "utf8");
  const shapes = source.slice(source.indexOf(">") + 1, source.lastIndexOf("</svg>"));
  const visible = shapes.replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${visible}</symbol>`;
}

function sprite() {
  const lines = readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((line) => line.split("#")[0].trim());
  const names = [...new Set(lines.filter(Boolean))].sort();
  const missing = [];
  const symbols = names.map((name) => {
    try {
      return icon(name);
    } catch {
      missing.push(name);
      return "";
    }
  });
  if (missing.length) throw new Error(`icons.txt names icons that @tabler/icons does not have: ${missing.join(", ")}`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

// The licence texts of all packages that some file of the bundles came from.
function licences(...built) {
  const files = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const found = files.map((file) => file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const names = [...new Set([...found.filter(Boolean), "@tabler/icons"])].sort();
  return names.map(licence).join("\n");
}

function licence(name) {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const texts = legal(join(modules, name)).map((file) => readFileSync(file, "utf8").trim());
  return [`==== ${name} ${version} (${license})`, ...texts, ""].join("\n\n");
}

function legal(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => /^(licen[cs]e|notice)/i.test(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? legal(path) : [path];
  });
}

try {
  const scripts = await esbuild.build({
    ...shared,
    entryPoints: { ui: join(here, "js/ui.js") },
    outdir: out,
    format: "esm",
    splitting: true,
    chunkNames: "part-[hash]",
  });
  const styles = await esbuild.build({
    ...shared,
    stdin: { contents: '@import "leaflet/dist/leaflet.css";\n@import "./css/elements.css";\n@import "./css/index.css";', resolveDir: here, loader: "css" },
    outfile: join(out, "ui.css"),
  });
  writeFileSync(join(out, "icons.svg"), sprite());
  writeFileSync(join(out, "licences.txt"), licences(scripts, styles));
} catch (error) {
  if (!error.errors) console.error(error.message); // esbuild has said its own errors already
  process.exitCode = 1;
}
