import { join, relative, sep } from "node:path";
import { bundledPackages } from "./bundled-packages.ts";
import { recordBundledCode } from "./recorded-code.ts";

interface OutputFile {
  readonly type: string;
  readonly fileName: string;
  readonly moduleIds?: readonly string[];
}

interface BundledCodePlugin {
  readonly name: string;
  writeBundle(
    options: { readonly dir?: string | undefined },
    bundle: Readonly<Record<string, OutputFile>>,
  ): void;
}

/**
 * A plugin for Rolldown, Rollup and Vite that writes down whose code is in each chunk.
 *
 * @param dist - The folder of the package's builds, absolute.
 */
export function bundledCode(dist: string): BundledCodePlugin {
  return {
    name: "bundled-code",
    writeBundle: ({ dir = dist }, bundle) => {
      const chunks = Object.values(bundle).filter(({ type }) => type === "chunk");
      const code = chunks.map(({ fileName, moduleIds = [] }) => [
        relative(dist, join(dir, fileName)).replaceAll(sep, "/"),
        bundledPackages(moduleIds),
      ]);
      recordBundledCode(dist, Object.fromEntries(code));
    },
  };
}
