import { carrierFolders } from "../../generate/stamp-manifests.ts";
import type { Bump } from "../bump.ts";
import { greatestBump, greaterBump } from "../bump.ts";
import type { ChangeSource } from "../change.ts";
import type { ReleasePlan } from "../plan/release-plan.ts";

/** Which changes reach the consumers of the packages that carry the document. */
const carriers: Readonly<Record<(typeof carrierFolders)[number], readonly ChangeSource[]>> = {
  schema: ["wire", "types", "generator"],
  client: ["wire", "types", "generator"],
  // These serve or check what is on the wire; the names in the generated code are not theirs.
  mock: ["wire"],
  contract: ["wire"],
  cli: ["wire"],
};

/** The least bump of each carrying package, by its folder; all of them change when the document does. */
export function requiredBumps(plan: ReleasePlan): ReadonlyMap<string, Bump> {
  const documentChanged = plan.changes.some(({ source }) => source !== "generator");
  return new Map(
    carrierFolders.map((folder) => {
      const reaching = plan.changes.filter(({ source }) => carriers[folder].includes(source));
      const floor: Bump = documentChanged ? "patch" : "none";
      return [folder, greaterBump(floor, greatestBump(reaching))];
    }),
  );
}
