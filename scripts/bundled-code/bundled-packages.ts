import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { readBundledCode } from "./recorded-code.ts";
import type { BundledPackage } from "./recorded-code.ts";

/**
 * The packages of others that modules belong to, by name. A module of this workspace that was bundled itself counts for what is
 * in it.
 *
 * @param modules - The modules of a bundle as its bundler names them.
 * @throws Error if a package has no license, or no text of it: its code must not be passed on then.
 */
export function bundledPackages(modules: readonly string[]): readonly BundledPackage[] {
  const found = new Map<string, BundledPackage>();
  for (const one of modules.filter((id) => !id.startsWith("\0")).flatMap(packagesOf)) {
    found.set(`${one.name}@${one.version}`, one);
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

function packagesOf(id: string): readonly BundledPackage[] {
  const file = id.replace(/\?.*$/u, "");
  const dir = packageFolder(dirname(file));
  if (file.includes(`${sep}node_modules${sep}`)) return [readPackage(dir)];
  const path = relative(join(dir, "dist"), file).replaceAll(sep, "/");
  return readBundledCode(join(dir, "dist"))[path] ?? [];
}

/** The nearest folder whose manifest has a name; others only say what kind of modules lie beside them. */
function packageFolder(from: string): string {
  const file = join(from, "package.json");
  if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name !== undefined) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`No package.json is above ${from}.`);
  return packageFolder(above);
}

/** @throws Error if there is no license, or no text of it. */
function readPackage(dir: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
  const text = licenseText(dir);
  if (typeof license === "string" && text !== "") return { name, version, license, text };
  throw new Error(
    `The code of ${name} ${version} is bundled, but its package has no ${text === "" ? "text of its license" : "license"}: do not bundle it, or find out under which license it is.`,
  );
}

/** The license of the package in a folder, and its notices; empty if it has none. */
export function licenseText(dir: string): string {
  const files = readdirSync(dir).filter((file) => /^(?:licen[cs]e|copying|notice)\b/iu.test(file));
  return files.map((file) => readFileSync(join(dir, file), "utf8").trim()).join("\n\n");
}
