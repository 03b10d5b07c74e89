// Builds `dist/cjs` of the package it runs in, after its ES modules, for what cannot load those by `require`: Jest, and TypeScript
// in projects without `"type": "module"`. Node loads the ES modules either way, so that a process has one copy. It also takes
// out the declarations that no entry point leads to.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { bundledCode, recordBundledCode } from "@qontext/sync-log-bundled-code";
import { rolldown } from "rolldown";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const root = process.cwd();
const dist = join(root, "dist");
const out = join(dist, "cjs");
const readManifest = (dir: string): Manifest =>
  JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
const manifest = readManifest(root);

/** The entry points that have code, such as `node/index`. */
const entries = [
  ...JSON.stringify(manifest.exports).matchAll(/"\.\/dist\/cjs\/([^"]+)\.js"/gu),
].map(([, name = ""]) => name);

/** Whether `require` cannot load a package everywhere: one of ours can, by what this script builds. */
function isEsmOnly(name: string): boolean {
  const folder = createRequire(join(root, "package.json"))
    .resolve.paths(name)
    ?.map((path) => join(path, name))
    .find((path) => existsSync(join(path, "package.json")));
  if (folder === undefined) return false;
  const { type, exports } = readManifest(folder);
  return type === "module" && !JSON.stringify(exports ?? "").includes('"require"');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const esmOnly = dependencies.filter(isEsmOnly);
const required = dependencies.filter((name) => !esmOnly.includes(name));
const isRequired = (id: string): boolean =>
  id.startsWith("node:") || required.some((name) => id === name || id.startsWith(`${name}/`));

if (process.argv.includes("--native")) {
  // What such a package needs is an ES module that Jest cannot require, either. Node can: the one around Jest's own `process`.
  for (const name of entries) {
    const target = relative(dirname(join(out, name)), join(dist, `${name}.js`)).replaceAll(
      "\\",
      "/",
    );
    write(
      join(out, `${name}.js`),
      `const { runInThisContext } = require("node:vm");
const { createRequire } = runInThisContext("process").getBuiltinModule("node:module");
module.exports = createRequire(__filename)("${target}");
`,
    );
  }
  recordBundledCode(dist, Object.fromEntries(entries.map((name) => [`cjs/${name}.js`, []])));
} else {
  const build = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(root, "src", `${name}.ts`)])),
    external: isRequired,
    platform: "node",
    plugins: [bundledCode(dist)],
    transform: { define: { packageVersion: JSON.stringify(manifest.version) } },
  });
  await build.write({
    dir: out,
    format: "cjs",
    exports: "named",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    // It is read by machines only, and its size is a part of every installation.
    minify: {
      compress: true,
      mangle: { keepNames: { class: true, function: true } },
      codegen: { removeWhitespace: true },
    },
  });
  await build.close();
}

/** Only the attribute lets a declaration that stands in CommonJS name a type of a package that is an ES module. */
function withAttributes(text: string): string {
  const only = new RegExp(`^(import type .* from "(?:${esmOnly.join("|")})");$`, "gmu");
  return esmOnly.length === 0
    ? text
    : text.replaceAll(only, '$1 with { "resolution-mode": "import" };');
}

const declarationsOf = (name: string): string => readFileSync(join(dist, `${name}.d.ts`), "utf8");

/** The declarations that those of the entry points lead to. */
function reachable(names: readonly string[], found: Set<string> = new Set()): Set<string> {
  for (const name of names.filter((one) => !found.has(one))) {
    found.add(name);
    const next = [...declarationsOf(name).matchAll(/(?:from |import\()"(\.[^"]+)\.[jt]s"/gu)];
    reachable(
      next.map(([, path = ""]) => join(dirname(name), path)),
      found,
    );
  }
  return found;
}

/**
 * Lets the declarations of the ES modules lead to those of CommonJS, instead of saying all of it twice: an ES module may load
 * CommonJS, and not the other way round. What names types of others stays, for they may have two of each.
 */
function shareDeclarations(): void {
  const [scope = ""] = manifest.name.split("/");
  const others = new RegExp(`(?:from |import\\()"(?!\\.|node:|${scope}/)`, "u");
  const isShared = (name: string): boolean =>
    [...reachable([name])].every((file) => !others.test(declarationsOf(file)));
  const shared = [...reachable(entries)].filter(isShared);
  for (const name of shared) {
    const path = relative(dirname(join(dist, name)), join(out, name)).replaceAll("\\", "/");
    write(join(dist, `${name}.d.ts`), `export * from "./${path}.js";\n`);
  }
}

for (const name of reachable(entries)) {
  write(join(out, `${name}.d.ts`), withAttributes(declarationsOf(name)));
}
write(join(out, "package.json"), '{ "type": "commonjs" }\n');
if (process.argv.includes("--share-declarations")) shareDeclarations();
const modules = [...JSON.stringify(manifest.exports).matchAll(/"\.\/dist\/([^"]+)\.d\.ts"/gu)];
const declared = reachable(modules.map(([, name = ""]) => name));
for (const entry of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  const [, name] = /^(.+)\.d\.ts$/u.exec(entry.replaceAll("\\", "/")) ?? [];
  if (name !== undefined && !declared.has(name)) rmSync(join(dist, entry));
}
