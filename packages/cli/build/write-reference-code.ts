// `pnpm --filter @qontext/sync-log-cli run reference-code`: writes down whose code is in the reference's script, and under which
// licenses. Scalar publishes the script without them, so what it was made from (280 MB) is installed once, in a scratch folder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { licenseText } from "@qontext/sync-log-bundled-code";
import type { BundledSource, ReferenceCode } from "./reference-code.ts";
import { referenceFile, referenceScript, referenceSources } from "./reference-code.ts";

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
  readonly repository?: string | { readonly url: string };
}

const { version }: Manifest = JSON.parse(
  readFileSync(join(dirname(referenceScript), "../../package.json"), "utf8"),
);
const scalar = "@scalar/api-reference";
const scratch = mkdtempSync(join(tmpdir(), "reference-code-"));

function install(dependencies: Readonly<Record<string, string>>): void {
  writeFileSync(join(scratch, "package.json"), JSON.stringify({ private: true, dependencies }));
  writeFileSync(join(scratch, "pnpm-workspace.yaml"), "packages: []\n");
  const args = ["install", "--ignore-scripts", "--no-frozen-lockfile", "--reporter=silent"];
  const { status } = spawnSync("pnpm", args, { cwd: scratch, stdio: "inherit" });
  if (status !== 0) throw new Error("What the script was made from cannot be installed.");
}

const store = join(scratch, "node_modules/.pnpm");
const foldersOf = (name: string): readonly string[] =>
  readdirSync(store)
    .toSorted()
    .map((folder) => join(store, folder, "node_modules", name))
    .filter((folder) => existsSync(folder));
const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
};
const manifestIn = (folder: string): Manifest =>
  JSON.parse(read(join(folder, "package.json")) ?? "");
const repositoryOf = ({ repository = "" }: Manifest): string =>
  (typeof repository === "string" ? repository : repository.url).replace(/\.git$/u, "");

/** Some packages leave the text out: then it is the one of their repository, or MIT's with the author's name. */
function licenseOf(folder: string, all: readonly string[]): string {
  const own = licenseText(folder);
  if (own !== "") return own;
  const manifest = manifestIn(folder);
  const siblings = all.filter(
    (other) => repositoryOf(manifestIn(other)) === repositoryOf(manifest),
  );
  const shared = siblings.map(licenseText).find((text) => text !== "");
  if (shared !== undefined) return shared;
  const mit = all.map(licenseText).find((text) => /^MIT License\n\nCopyright .*\n\n/u.test(text));
  const { author = "its authors", license } = manifest;
  if (license !== "MIT" || mit === undefined) throw new Error(`${folder} has no license.`);
  const holder = typeof author === "string" ? author : author.name;
  return mit.replace(/^Copyright .*$/mu, () => `Copyright (c) ${holder}`);
}

/** The version of a package of Scalar's own: the one that the script's package asks for, if a module of it is the same to the letter. */
function ownVersion(name: string, modules: readonly BundledSource[]): string {
  if (name === scalar) return version;
  const folder = foldersOf(name).find((one) =>
    modules.some(({ path, content }) => read(join(one, path)) === content.trim()),
  );
  if (folder === undefined) throw new Error(`The version of ${name} cannot be found out.`);
  return manifestIn(folder).version;
}

try {
  const sources = referenceSources();
  const wanted = { [scalar]: version };
  install(wanted);
  const bundled = new Map(sources.map((one) => [`${one.name}@${one.version}`, one]));
  const found = [...bundled.values()].map(({ name, version: known }) => {
    const modules = sources.filter((source) => source.name === name);
    return [name, known ?? ownVersion(name, modules)] as const;
  });
  const folderOf = ([name, known]: readonly [string, string]): string | undefined =>
    foldersOf(name).find((folder) => manifestIn(folder).version === known);
  // What the ranges of Scalar lead to by now may be newer than what was bundled.
  const absent = found.filter((one) => folderOf(one) === undefined);
  const aliases = absent.map((one, index) => [`bundled-${index}`, `npm:${one.join("@")}`]);
  install({ ...Object.fromEntries(aliases), ...wanted });
  const sorted = found.toSorted((a, b) => (a.join("@") < b.join("@") ? -1 : 1));
  const chosen = sorted.map((one) => {
    const folder = folderOf(one);
    if (folder === undefined) throw new Error(`${one.join("@")} was not installed.`);
    return { name: one[0], version: one[1], folder };
  });
  const all = chosen.map(({ folder }) => folder);
  const texts = [...new Set(all.map((folder) => licenseOf(folder, all)))];
  const packages = chosen.map(({ folder, ...one }) => {
    return {
      ...one,
      license: manifestIn(folder).license,
      text: texts.indexOf(licenseOf(folder, all)),
    };
  });
  const code: ReferenceCode = { version, texts, packages };
  writeFileSync(referenceFile, `${JSON.stringify(code, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
