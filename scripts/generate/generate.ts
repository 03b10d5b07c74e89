import { basename, join, relative, resolve } from "node:path";
import { loadDocument } from "./document/load-document.ts";
import type { LoadedDocument } from "./document/load-document.ts";
import { emitMethods } from "./emit/emit-methods.ts";
import { emitTools } from "./emit/emit-tools.ts";
import { findDrift, writeFiles } from "./output-files.ts";
import type { Drift, OutputFiles } from "./output-files.ts";
import { planGeneration } from "./plan-generation.ts";
import { GenerationError } from "./problem.ts";
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
  readonly foreign: { readonly spec: string; readonly out: string } | undefined;
}

/** What became of it. */
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
 * @throws {@link GenerationError} if the document is invalid; nothing is written then.
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
  const origin = "Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.";
  const loaded = await loadDocument(join(root, "specs/openapi.yaml"), cwd);
  const { document, warnings } = loaded;
  const plan = withPlaces(loaded, () => planGeneration(document, origin));
  const methods = withPlaces(loaded, () =>
    emitMethods({
      ...plan,
      document,
      interfaceName: "SyncLogMethods",
      schemaModule: "@qontext/sync-log-schema",
    }),
  );
  const ofClient = new Map([["methods.ts", `// ${origin}\n\n${methods}`]]);
  const tools = `// ${origin}\n\n${emitTools({ ...plan, document })}`;
  const texts = new Map([
    ...placeIn(join(root, "packages/schema/src/generated"), plan.files),
    ...placeIn(join(root, "packages/schema/src/generated"), new Map([["tools.ts", tools]])),
    ...placeIn(join(root, "packages/client/src/generated"), ofClient),
  ]);
  const manifests = await stampManifests(root, document);
  return {
    outputs: [
      { texts, isExclusive: true },
      { texts: manifests, isExclusive: false },
    ],
    warnings: [...warnings, ...plan.warnings],
  };
}

async function planForeign(
  { cwd }: GenerateOptions,
  { spec, out }: { readonly spec: string; readonly out: string },
): Promise<PlannedOutput> {
  const loaded = await loadDocument(resolve(cwd, spec), cwd);
  // Neither the folder nor the machine may show, or the same document would give different files.
  const name = basename(spec).replaceAll(/[\r\n]/g, " ");
  const origin = `Generated from ${name} by \`pnpm generate --spec ${name} --out DIR\`. Do not edit.`;
  const plan = withPlaces(loaded, () => planGeneration(loaded.document, origin));
  const texts = new Map(placeIn(resolve(cwd, out), plan.files));
  return {
    outputs: [{ texts, isExclusive: false }],
    warnings: [...loaded.warnings, ...plan.warnings],
  };
}

/** Emitters know pointers; the author of the document needs files and lines. */
function withPlaces<T>({ locate }: LoadedDocument, plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof GenerationError)) throw error;
    throw new GenerationError(error.problems.map(locate));
  }
}

function placeIn(
  folder: string,
  files: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return [...files].map(([name, text]) => [join(folder, name), text]);
}

/** One line for each difference. */
export function formatDrift({ kind, path }: Drift, cwd: string): string {
  return `${kind.padEnd(7)} ${relative(cwd, path)}`;
}
