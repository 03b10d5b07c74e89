import { compareSurfaces } from "../types/compare-surfaces.ts";
import { compareWire } from "../wire/compare-wire.ts";
import { generateSurface } from "./generate-surface.ts";
import type { ReleasePlan } from "./release-plan.ts";
import { createReleasePlan } from "./release-plan.ts";

/**
 * Compares any two OpenAPI documents: on the wire, and as what the generator makes of them.
 *
 * @throws {@link ReleaseError} when one of them cannot be read.
 */
export async function planDocuments(baseFile: string, revisionFile: string): Promise<ReleasePlan> {
  const notes: string[] = [];
  const wire = await compareWire(baseFile, revisionFile, { openEnums: true });
  const types = await compareGenerated(baseFile, revisionFile, notes);
  return createReleasePlan({ base: baseFile, revision: revisionFile }, [...wire, ...types], notes);
}

/** A document that no code can be generated from has no types that a consumer could miss; that is said, not hidden. */
async function compareGenerated(
  baseFile: string,
  revisionFile: string,
  notes: string[],
): ReturnType<typeof compareWire> {
  try {
    return compareSurfaces(await generateSurface(baseFile), await generateSurface(revisionFile));
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split("\n");
    notes.push(`The types were not compared, because the generator refuses a document: ${why}`);
    return [];
  }
}
