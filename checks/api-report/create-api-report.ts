import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import type { WorkspacePackage } from "@qontext/sync-log-test-support/workspace";

/** One entry point of a package, and the file that holds its report. */
export interface EntryPoint {
  /** The declarations, relative to the package. */
  readonly types: string;
  /** The report, relative to the package. */
  readonly report: string;
}

/** The entry points of a package that have types. */
export function entryPoints({ folder, manifest }: WorkspacePackage): readonly EntryPoint[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const types = typeof target === "string" ? undefined : target["types"];
    if (types === undefined) return [];
    const suffix = path === "." ? "" : path.slice(1).replaceAll("/", ".");
    return [{ types, report: `etc/${folder}${suffix}.api.md` }];
  });
}

/**
 * What an entry point exports, as API Extractor writes it down. Its declarations must be built.
 *
 * @throws Error when the declarations are absent or do not compile.
 */
export function createApiReport(dir: string, { types }: EntryPoint): string {
  using scratch = scratchFolder();
  const entry = join(dir, types);
  const config = ExtractorConfig.prepare({
    configObject: configuration(dir, entry, scratch.path),
    configObjectFullPath: undefined,
    packageJsonFullPath: join(dir, "package.json"),
  });
  const problems: string[] = [];
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      // Written or thrown here, not printed there.
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
    },
  });
  if (errorCount > 0) throw new Error(`${entry} cannot be reported:\n${problems.join("\n")}`);
  return readFileSync(join(scratch.path, "report.api.md"), "utf8").replaceAll("\r\n", "\n");
}

function configuration(
  dir: string,
  entry: string,
  scratch: string,
): Parameters<typeof ExtractorConfig.prepare>[0]["configObject"] {
  const compilerOptions = {
    target: "es2022",
    lib: ["es2023", "dom", "esnext.disposable"],
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
  };
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  return {
    projectFolder: dir,
    mainEntryPointFilePath: entry,
    compiler: { overrideTsconfig: { compilerOptions, files: [entry] }, skipLibCheck: true },
    apiReport: {
      enabled: true,
      reportFileName: "report.api.md",
      reportFolder: scratch,
      reportTempFolder: join(scratch, "temp"),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  };
}
