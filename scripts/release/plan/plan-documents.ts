import { dirname, resolve } from "node:path";
import { checkDocument } from "../../generate/check-document.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import type { Change, ReleasePlan } from "../release-plan.ts";
import { createReleasePlan } from "../release-plan.ts";
import { compareSurfaces } from "../types/compare-surfaces.ts";
import type { SurfaceModules } from "../types/surface-program.ts";
import { compareWire } from "../wire/compare-wire.ts";

/**
 * Compares any two OpenAPI documents: on the wire, and as what the generator makes of them.
 *
 * @throws {@link ReleaseError} when one of them cannot be read.
 */
export async function planDocuments(base: string, revision: string): Promise<ReleasePlan> {
  const wire = await compareWire(base, revision, { openEnums: true });
  const compared = { base, revision };
  let types: readonly Change[];
  try {
    types = compareSurfaces(await generateSurface(base), await generateSurface(revision));
  } catch (error) {
    // A document that no code can be generated from has no types that a consumer could miss.
    const [why] = (error instanceof Error ? error.message : String(error)).split("\n");
    const note = `The types were not compared, because the generator refuses a document: ${why}`;
    return createReleasePlan(compared, wire, [note]);
  }
  return createReleasePlan(compared, [...wire, ...types], []);
}

/**
 * The modules that the generator of this checkout makes of a document.
 *
 * @throws {@link GenerationError} if the document is not one that code can be generated from.
 */
export async function generateSurface(file: string): Promise<SurfaceModules> {
  const path = resolve(file);
  const { document } = await checkDocument(path, dirname(path));
  return withoutOrigin(planGeneration(document, "Generated for a comparison.").files);
}

/** The modules without their first lines: a comparison must not see where they came from. */
export function withoutOrigin(files: ReadonlyMap<string, string>): SurfaceModules {
  return new Map(
    [...files]
      .filter(([name]) => name.endsWith(".ts"))
      .map(([name, text]) => [name, text.replace(/^\/\/ Generated[^\n]*\n/u, "")]),
  );
}
