import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A package of others whose code is in one of ours. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** The license as the package has it. */
  readonly text: string;
}

/** Whose code each bundled file of a build has in it, by its path in the build's folder; an empty list if it is all ours. */
export type RecordedCode = Readonly<Record<string, readonly BundledPackage[]>>;

const record = "bundled-code.json";
const licenses = "THIRD-PARTY-LICENSES.txt";

/** What the builds of a package have written down; empty if none bundles. */
export function readBundledCode(dist: string): RecordedCode {
  const file = join(dist, record);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/**
 * Writes down what bundled files are made of, beside what other builds of the package wrote: in `bundled-code.json` for the builds
 * and checks of this workspace, and in `THIRD-PARTY-LICENSES.txt` for whoever installs the package.
 */
export function recordBundledCode(dist: string, code: RecordedCode): void {
  mkdirSync(dist, { recursive: true });
  const all = { ...readBundledCode(dist), ...code };
  writeFileSync(join(dist, record), `${JSON.stringify(all, null, 2)}\n`);
  const text = formatLicenses(all);
  if (text !== "") writeFileSync(join(dist, licenses), text);
}

/** Each license once, below the packages that it is of. */
function formatLicenses(code: RecordedCode): string {
  const byText = new Map<string, string[]>();
  for (const [file, packages] of Object.entries(code)) {
    for (const { name, version, license, text } of packages) {
      const line = `${name} ${version} (${license}), in ${file}`;
      byText.set(text, [...(byText.get(text) ?? []), line]);
    }
  }
  return [...byText]
    .map(([text, lines]) => `${lines.join("\n")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}
