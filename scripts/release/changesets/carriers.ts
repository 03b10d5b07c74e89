import type { Bump } from "../bump.ts";
import { greatestBump, greaterBump } from "../bump.ts";
import type { ChangeSource } from "../change.ts";
import type { ReleasePlan } from "../plan/release-plan.ts";

/** The folders of the packages that carry the document's version and hash, and which changes reach their consumers. */
const carriers: Readonly<Record<string, readonly ChangeSource[]>> = {
  schema: ["wire", "types", "generator"],
  client: ["wire", "types", "generator"],
  // These serve or check what is on the wire; the names in the generated code are not theirs.
  mock: ["wire"],
  contract: ["wire"],
  cli: ["wire"],
};

export const carrierFolders: readonly string[] = Object.keys(carriers);

/** The least bump of each carrying package, by its folder; all of them change when the document does. */
export function requiredBumps(plan: ReleasePlan): ReadonlyMap<string, Bump> {
  const documentChanged = plan.changes.some(({ source }) => source !== "generator");
  return new Map(
    Object.entries(carriers).map(([folder, sources]) => {
      const reaching = plan.changes.filter(({ source }) => sources.includes(source));
      const floor: Bump = documentChanged ? "patch" : "none";
      return [folder, greaterBump(floor, greatestBump(reaching))];
    }),
  );
}
