/*
 * Bundles the pages' scripts and styles into dist/. `node build.mjs` once, `--watch` while writing.
 *
 * Output: `dist/assets/<name>-<hash>.{js,css}` (cache for ever), `dist/widget-loader.js` (stable name,
 * short cache: shops embed it) and `dist/manifest.json`, which maps "widget.js" to its hashed file.
 */
import { context } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outDir = process.env.BATON_DIST ?? join(here, "dist");
const NAMES = ["widget", "console", "shop", "patterns"];

const present = (path) => existsSync(join(here, path));
const entriesOf = (name) =>
  ["js", "css"]
    .map((kind) => [name, `src/${name}/${name}.${kind}`, kind])
    .filter(([, path]) => present(path))
    .map(([out, path]) => ({ in: join(here, path), out }));

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  sourcemap: "linked",
  target: ["chrome100", "firefox100", "safari15.4"],
  legalComments: "linked",
  logLevel: "warning",
  loader: { ".svg": "file" },
};

const entries = new Set(NAMES.flatMap((name) => [`src/${name}/${name}.js`, `src/${name}/${name}.css`]));

/** Writes the manifest after every build, by rename: a reader sees the old one or the new one. */
const manifest = {
  name: "manifest",
  setup(build) {
    build.onEnd(async ({ metafile, errors }) => {
      if (errors.length > 0 || !metafile) return;
      const names = Object.entries(metafile.outputs)
        .filter(([, { entryPoint }]) => entries.has(entryPoint))
        .map(([path, { entryPoint }]) => [basename(entryPoint), relative(outDir, join(here, path)).replaceAll("\\", "/")]);
      const text = `${JSON.stringify(Object.fromEntries(names.sort()), null, 2)}\n`;
      await writeFile(join(outDir, "manifest.json.new"), text);
      await rename(join(outDir, "manifest.json.new"), join(outDir, "manifest.json"));
    });
  },
};

const pages = () =>
  context({
    ...common,
    entryPoints: NAMES.flatMap(entriesOf),
    outdir: join(outDir, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    format: "esm",
    splitting: true,
    metafile: true,
    plugins: [manifest],
  });

const loader = () =>
  context({
    ...common,
    entryPoints: [{ in: join(here, "src/widget/loader.js"), out: "widget-loader" }],
    outdir: outDir,
    format: "iife",
  });

async function main() {
  const watching = process.argv.includes("--watch");
  if (!watching) await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const contexts = await Promise.all([pages(), loader()]);
  await Promise.all(contexts.map((one) => one.rebuild()));
  if (watching) await Promise.all(contexts.map((one) => one.watch()));
  else await Promise.all(contexts.map((one) => one.dispose()));
}

main().catch((error) => {
  if (!error.errors) console.error(error.message);
  process.exitCode = 1;
});
