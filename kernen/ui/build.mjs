// Compiles the one style sheet and gathers what the pages load beside it: htmx, fonts and the
// few icons that the style sheet itself refers to. Run with `npm run build`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../../node_modules");
const build = join(here, "static/ui/build");
const fonts = join(modules, "dkfds/dist/fonts/IBMPlexSans");
const icons = join(modules, "dkfds/dist/img/svg-icons");

rmSync(build, { recursive: true, force: true });
mkdirSync(build, { recursive: true });
const keep = (source, folder) => cpSync(source, join(build, folder, basename(source)));

const { css } = compile(join(here, "scss/kernen.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(build, "kernen.css"), css);
for (const [, icon] of css.matchAll(/url\("?icons\/([\w-]+\.svg)"?\)/g)) keep(join(icons, icon), "icons");

for (const weight of ["Regular", "Medium", "SemiBold"]) {
  keep(join(fonts, `complete/woff2/IBMPlexSans-${weight}.woff2`), "fonts");
  keep(join(fonts, `split/woff2/IBMPlexSans-${weight}-Latin1.woff2`), "fonts");
}
keep(join(fonts, "complete/woff2/license.txt"), "fonts");
// What draws letters on paper and in pictures reads no woff2.
for (const weight of ["Regular", "SemiBold"]) keep(join(fonts, `complete/ttf/IBMPlexSans-${weight}.ttf`), "fonts");
keep(join(modules, "htmx.org/dist/htmx.min.js"), "");
console.log(`style ${Math.round(css.length / 1024)} kB, htmx ${Math.round(readFileSync(join(build, "htmx.min.js")).length / 1024)} kB`);
