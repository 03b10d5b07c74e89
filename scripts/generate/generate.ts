import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import type { ForeignDocument } from "./cli-options.ts";
import { checkDocument, withPlaces } from "./check-document.ts";
import { emitExtensionsSchema } from "./emit/emit-openapi.ts";
import { emitClientTypes, emitMethods } from "./emit/emit-methods.ts";
import { emitTools } from "./emit/emit-tools.ts";
import { findDrift, writeFiles } from "./output-files.ts";
import type { Drift, OutputFiles } from "./output-files.ts";
import { planGeneration } from "./plan-generation.ts";
import type { Problem } from "./problem.ts";
import { stampManifests } from "./stamp-manifests.ts";

/** What to generate. */
export interface GenerateOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Paths on the command line are relative to it. */
  readonly cwd: string;
  /** Compare only. */
  readonly check: boolean;
  /** Another document than the project's own, and where its schema part goes. */
  readonly foreign: ForeignDocument | undefined;
}

/** The outcome. */
export interface GenerateResult {
  readonly warnings: readonly Problem[];
  /** With `check`: how the disk differs. */
  readonly drifts: readonly Drift[];
  /** The files that were written or compared. */
  readonly files: readonly string[];
}

/**
 * Loads a document, decides what is generated from it, and writes or compares that.
 *
 * @throws GenerationError if the document is invalid; nothing is written then.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { check, foreign } = options;
  const { outputs, warnings } =
    foreign === undefined ? await planOwn(options) : await planForeign(options, foreign);
  const drifts = check ? (await Promise.all(outputs.map(findDrift))).flat() : [];
  if (!check) for (const output of outputs) await writeFiles(output);
  return { warnings, drifts, files: outputs.flatMap(({ texts }) => [...texts.keys()]) };
}

interface PlannedOutput {
  readonly outputs: readonly OutputFiles[];
  readonly warnings: readonly Problem[];
}

async function planOwn({ root, cwd }: GenerateOptions): Promise<PlannedOutput> {
  const path = join(root, "specs/openapi.yaml");
  const origin = originOf("specs/openapi.yaml");
  const { document, warnings } = await checkDocument(path, { cwd });
  const renamed: Problem[] = [];
  const { plan, methods, tools } = await withPlaces({ path, cwd, document }, () => {
    const planned = planGeneration(document, origin);
    const source = { ...planned, document };
    return {
      plan: planned,
      methods: emitMethods({
        ...source,
        interfaceName: "SyncLogMethods",
        errorOf,
        schemaModule,
        report: (problem) => renamed.push(problem),
      }),
      tools: emitTools(source),
    };
  });
  const extensions = await readFile(join(root, "specs/extensions.schema.json"), "utf8");
  const extensionsOrigin = originOf("specs/extensions.schema.json");
  const texts = placeIn(join(root, "packages"), [
    ...[...plan.files].map(([name, text]) => [`schema/src/generated/${name}`, text] as const),
    ["schema/src/generated/tools.ts", `// ${origin}\n\n${tools}`],
    ["client/src/generated/methods.ts", `// ${origin}\n\n${methods}`],
    [
      "client/src/generated/types.ts",
      `// ${origin}\n\n${emitClientTypes(methods, { names: plan.schemaTypes, schemaModule })}`,
    ],
    [
      "document/src/generated/extensions-schema.ts",
      `// ${extensionsOrigin}\n\n${emitExtensionsSchema(extensions)}`,
    ],
  ]);
  const manifests = await stampManifests(root, document.value);
  return {
    outputs: [
      { texts, isExclusive: true },
      { texts: manifests, isExclusive: false },
    ],
    warnings: [...warnings, ...plan.warnings, ...renamed],
  };
}

async function planForeign(
  { cwd }: GenerateOptions,
  { spec, out, folder }: ForeignDocument,
): Promise<PlannedOutput> {
  const path = resolve(cwd, spec);
  const allowed = folder === undefined ? undefined : resolve(cwd, folder);
  const { document, warnings } = await checkDocument(path, { cwd, folder: allowed });
  // Neither the folder nor the machine may show, or the same document would give different files.
  const name = basename(spec).replaceAll(/[\r\n]/g, " ");
  const origin = originOf(name, ` --spec ${name} --out DIR`);
  const plan = await withPlaces({ path, cwd, document }, () => planGeneration(document, origin));
  return {
    outputs: [{ texts: placeIn(resolve(cwd, out), plan.files), isExclusive: false }],
    warnings: [...warnings, ...plan.warnings],
  };
}

/** Where the client has what is generated from the same document. */
const schemaModule = "@qontext/sync-log-schema";

/** The error classes of the client; a test of the client holds them to what it throws. */
const errorNames: Readonly<Record<string, string>> = {
  "400": "BadRequestError",
  "401": "AuthenticationError",
  "403": "PermissionDeniedError",
  "404": "NotFoundError",
  "429": "RateLimitError",
};

function errorOf(status: string): string | undefined {
  if (status.startsWith("5")) return "ServerError";
  return status.startsWith("4") ? (errorNames[status] ?? "SyncLogApiError") : undefined;
}

function originOf(source: string, options = ""): string {
  return `Generated from ${source} by \`pnpm generate${options}\`. Do not edit.`;
}

function placeIn(
  folder: string,
  files: Iterable<readonly [string, string]>,
): ReadonlyMap<string, string> {
  return new Map([...files].map(([name, text]) => [join(folder, name), text]));
}

/** One line for each difference. */
export function formatDrift({ kind, path }: Drift, cwd: string): string {
  return `${kind.padEnd(7)} ${relative(cwd, path)}`;
}
