import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { checkDocument } from "../../generate/check-document.ts";
import { emitMethods } from "../../generate/emit/emit-methods.ts";
import { hashDocument } from "../../generate/emit/emit-version.ts";
import type { GenerationPlan } from "../../generate/plan-generation.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import { GenerationError } from "../../generate/problem.ts";
import type { Change, ReleasePlan } from "../release-plan.ts";
import { createReleasePlan } from "../release-plan.ts";
import { compareDocumentNames } from "../surface/compare-document-names.ts";
import { compareSurfaces } from "../surface/compare-surfaces.ts";
import { dropEchoes } from "../surface/drop-echoes.ts";
import type { Surface } from "../surface/surface-program.ts";
import { compareWire, readDocument } from "../wire/compare-wire.ts";

/**
 * Compares any two OpenAPI documents: on the wire, by their rules, and as what the generator makes of them.
 *
 * @throws ReleaseError when one of them cannot be read.
 */
export async function planDocuments(base: string, revision: string): Promise<ReleasePlan> {
  const { changes, notes } = await findChanges(base, revision);
  return createReleasePlan({ base, revision }, changes, notes);
}

/** Characters of JSON; what is generated of a larger document takes minutes to compile. */
const maxGenerated = 500_000;

/** Every change, before those that are the same to a reader are made one. */
export async function findChanges(
  base: string,
  revision: string,
): Promise<Pick<ReleasePlan, "changes" | "notes">> {
  const [before, after] = [await readDocument(base), await readDocument(revision)];
  const changes = [...compareWire(before, after, { openEnums: true })];
  const floor = compareHashes(before, after, revision);
  if (floor.length === 0) return { changes, notes: [] };
  if ([before, after].some(({ value }) => JSON.stringify(value).length > maxGenerated)) {
    changes.push(...compareDocumentNames(before, after), ...floor);
    const note =
      "Of documents as large as these the types are compared by their names, and on the wire.";
    return { changes, notes: [note] };
  }
  try {
    const surfaces = [await generateSurface(base), await generateSurface(revision)] as const;
    changes.push(...compareSurfaces(...surfaces));
  } catch (error) {
    if (!(error instanceof GenerationError)) throw error;
    // A document that no code can be generated from has no types that a consumer could miss.
    const [why] = error.message.split("\n");
    const note = `The types were not compared, because the generator refuses a document: ${why}`;
    return { changes: [...changes, ...floor], notes: [note] };
  }
  return { changes: [...dropEchoes(changes, before), ...floor], notes: [] };
}

/** The floor: a document with another hash is published anew, whatever else is found. */
export function compareHashes(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  where: string,
): readonly Change[] {
  const [from, to] = [base, revision].map(({ value }) => hashDocument(value));
  if (from === to) return [];
  const what = `its SHA-256 goes from ${from?.slice(0, 8)}… to ${to?.slice(0, 8)}…`;
  const why = "every package that carries the document is published anew";
  return [{ id: "document-changed", bump: "patch", where, what, why, source: "output" }];
}

const root = join(import.meta.dirname, "../../..");

/**
 * What consumers can name of what the generator of this checkout makes of a document: the schema package, and the client's methods.
 *
 * @throws GenerationError if the document is not one that code can be generated from.
 */
export async function generateSurface(file: string): Promise<Surface> {
  const path = resolve(file);
  const { document } = await checkDocument(path, { cwd: dirname(path) });
  const plan = planGeneration(document, "Generated for a comparison.");
  const schema = "packages/schema/src/generated";
  const methods = "packages/client/src/generated/methods.ts";
  const texts = new Map([...plan.files].map(([name, text]) => [`${schema}/${name}`, text]));
  const text = emitClient(document, plan, "schema");
  if (text !== undefined) texts.set(methods, text);
  const entry = (folder: string, specifier: string, at: string) =>
    texts.has(at) ? [{ folder, specifier, path: at, isCompared: true }] : [];
  return {
    entries: [
      ...entry("schema", "schema", `${schema}/index.ts`),
      ...entry("schema", "schema/validators", `${schema}/validators.ts`),
      ...entry("client", "client", methods),
    ],
    read: (name) =>
      texts.get(name) ?? (name.startsWith(schema) ? undefined : readIfThere(join(root, name))),
  };
}

/** Warnings are for those who generate. */
const ignore = (): void => {};

/** The client's methods; undefined for a document that not every operation of is a method of. */
function emitClient(
  document: OpenApiDocument,
  plan: GenerationPlan,
  schemaModule: string,
): string | undefined {
  try {
    return emitMethods({
      ...plan,
      document,
      interfaceName: "ApiMethods",
      schemaModule,
      report: ignore,
    });
  } catch (error) {
    if (error instanceof GenerationError) return undefined;
    throw error;
  }
}

/** The text of a file on the disk; undefined if it is not there. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
