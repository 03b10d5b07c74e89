import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import { carrierFolders } from "../../generate/stamp-manifests.ts";
import { runGit } from "../git.ts";
import { ReleaseError } from "../release-error.ts";
import type { Bump, Change, ReleasePlan } from "../release-plan.ts";
import { greatestBump, greaterBump } from "../release-plan.ts";
import { nextVersions } from "./next-versions.ts";

/** Which changes reach the consumers of the packages that carry the document. */
const carriers: Readonly<Record<(typeof carrierFolders)[number], readonly Change["source"][]>> = {
  schema: ["wire", "types", "generator"],
  client: ["wire", "types", "generator"],
  // These serve or check what is on the wire; the names in the generated code are not theirs.
  mock: ["wire"],
  contract: ["wire"],
  cli: ["wire"],
};

/** The least bump of each carrying package, by its folder; all of them change when the document does. */
export function requiredBumps(plan: ReleasePlan): ReadonlyMap<string, Bump> {
  const floor = plan.changes.some(({ source }) => source !== "generator") ? "patch" : "none";
  return new Map(
    carrierFolders.map((folder) => {
      const reaching = plan.changes.filter(({ source }) => carriers[folder].includes(source));
      return [folder, greaterBump(floor, greatestBump(reaching))];
    }),
  );
}

/** A package that carries the document, as its manifest names it. */
export interface Carrier {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/** The carrying packages that the workspace has. */
export function readCarriers(root: string): readonly Carrier[] {
  return carrierFolders.flatMap((folder) => {
    const file = join(root, manifestOf(folder));
    return existsSync(file) ? [parseManifest(readFileSync(file, "utf8"), folder)] : [];
  });
}

/** A carrying package as it was released and as it will be. */
export interface PlannedCarrier extends Carrier {
  /** The version at the base; undefined for a package that was not there. */
  readonly released: string | undefined;
  /** The version once the pending changesets are applied. */
  readonly next: string;
}

/** The carrying packages with the versions they had at a commit and those they will have. */
export async function planCarriers(
  root: string,
  commit: string,
): Promise<readonly PlannedCarrier[]> {
  const next = await nextVersions(root);
  return Promise.all(
    readCarriers(root).map(async (carrier) => {
      const { folder, name, version } = carrier;
      const before = await runGit(root, ["show", `${commit}:${manifestOf(folder)}`]);
      const released = before === undefined ? undefined : parseManifest(before, folder).version;
      return { ...carrier, released, next: next.get(name) ?? version };
    }),
  );
}

function manifestOf(folder: string): string {
  return `packages/${folder}/package.json`;
}

function parseManifest(text: string, folder: string): Carrier {
  const manifest: unknown = JSON.parse(text);
  const { name, version } = isJsonObject(manifest) ? manifest : {};
  if (typeof name === "string" && typeof version === "string") return { folder, name, version };
  throw new ReleaseError("changesets_failed", `${manifestOf(folder)} has no name or no version.`);
}
