// `node bundle.mjs TOOL ENTRY OUTPUT FORMAT`: bundles a file as an application for browsers would, with nothing configured.
import { basename, dirname } from "node:path";

const [tool, entry, output, format] = process.argv.slice(2);

async function withEsbuild() {
  const { build } = await import("esbuild");
  await build({ entryPoints: [entry], outfile: output, bundle: true, format, platform: "browser" });
}

async function withVite() {
  const { build } = await import("vite");
  const lib = {
    entry,
    formats: [format === "esm" ? "es" : "cjs"],
    fileName: () => basename(output),
  };
  await build({
    root: dirname(entry),
    configFile: false,
    logLevel: "warn",
    build: { lib, outDir: dirname(output), emptyOutDir: false },
  });
}

async function withWebpack() {
  const { default: webpack } = await import("webpack");
  const compiler = webpack({
    mode: "production",
    target: ["web", "es2022"],
    context: dirname(entry),
    entry,
    output: { path: dirname(output), filename: basename(output) },
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
}

await { esbuild: withEsbuild, Vite: withVite, webpack: withWebpack }[tool]();
