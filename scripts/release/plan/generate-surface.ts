import { dirname, resolve } from "node:path";
import { checkDocument } from "../../generate/check-document.ts";
import { planGeneration } from "../../generate/plan-generation.ts";
import type { SurfaceModules } from "../types/surface-program.ts";

/** The line that generated files begin with: a comparison must not see where they came from. */
const origin = "Generated for a comparison.";

/**
 * The modules that the generator of this checkout makes of a document.
 *
 * @throws {@link GenerationError} if the document is not one that code can be generated from.
 */
export async function generateSurface(file: string): Promise<SurfaceModules> {
  const path = resolve(file);
  const { document } = await checkDocument(path, dirname(path));
  return withoutOrigin(planGeneration(document, origin).files);
}

/** The modules without their first lines, which say where they came from. */
export function withoutOrigin(files: ReadonlyMap<string, string>): SurfaceModules {
  return new Map(
    [...files]
      .filter(([name]) => name.endsWith(".ts"))
      .map(([name, text]) => [name, text.replace(/^\/\/ Generated[^\n]*\n/u, "")]),
  );
}
