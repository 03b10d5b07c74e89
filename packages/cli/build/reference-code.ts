import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BundledPackage } from "@qontext/sync-log-bundled-code";

/** What the reference's script is made of, as {@link referenceFile} has it: each text of a license once. */
export interface ReferenceCode {
  /** The version of `@scalar/api-reference`, whose script it is. */
  readonly version: string;
  readonly texts: readonly string[];
  readonly packages: readonly (Omit<BundledPackage, "text"> & { readonly text: number })[];
}

export const referenceFile: string = join(import.meta.dirname, "generated/reference-code.json");
export const referenceScript: string = fileURLToPath(
  new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference")),
);

/** The packages of others in the reference's script. */
export function referencePackages(): readonly BundledPackage[] {
  const { texts, packages }: ReferenceCode = JSON.parse(readFileSync(referenceFile, "utf8"));
  return packages.map((one) => ({ ...one, text: texts[one.text] ?? "" }));
}

/** A module of the script by its package, as the map of its bundler names it. */
export interface BundledSource {
  readonly name: string;
  /** Undefined of a package of Scalar's own, which its bundler took from beside the script's. */
  readonly version?: string | undefined;
  /** Inside the package. */
  readonly path: string;
  readonly content: string;
}

/** The modules of the script, by the map that Scalar's bundler wrote. */
export function referenceSources(): readonly BundledSource[] {
  const map: { sources: string[]; sourcesContent: string[] } = JSON.parse(
    readFileSync(`${referenceScript}.map`, "utf8"),
  );
  return map.sources.map((source, index) => ({
    ...packageOf(source),
    content: map.sourcesContent[index] ?? "",
  }));
}

/**
 * A dependency is in pnpm's store, in a folder that is called by its name and version (`@vue+shared@3.5.40`), a sibling beside the
 * package's folder, and the rest is its own.
 */
function packageOf(source: string): Omit<BundledSource, "content"> {
  const installed =
    /.*\/\.pnpm\/@?[^@/]+@([^_(/]+)[^/]*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/u.exec(source);
  if (installed) {
    const [, version, name = "", path = ""] = installed;
    return { name, version, path };
  }
  const sibling = /^(?:\.\.\/){3}([^./][^/]*)\/(.*)$/u.exec(source);
  if (sibling) return { name: `@scalar/${sibling[1]}`, path: sibling[2] ?? "" };
  return { name: "@scalar/api-reference", path: source };
}
