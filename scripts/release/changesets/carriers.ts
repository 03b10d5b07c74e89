import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import { carrierFolders } from "../../generate/stamp-manifests.ts";
import { runGit } from "../git.ts";
import { ReleaseError } from "../release-error.ts";
import type { Bump, Change, ReleasePlan } from "../release-plan.ts";
import { greatestBump } from "../release-plan.ts";
import { nextVersions } from "./next-versions.ts";

/** The least bump of each carrying package, by its folder: of what is on the wire, and of what it shows itself. */
export function requiredBumps(plan: ReleasePlan): ReadonlyMap<string, Bump> {
  return new Map(
    carrierFolders.map((folder) => {
      const reaching = plan.changes.filter((change) => reaches(change, folder));
      return [folder, greatestBump(reaching)];
    }),
  );
}

/** Whether the consumers of a package see a change. */
export function reaches({ packages }: Change, folder: string): boolean {
  return packages === undefined || packages.includes(folder);
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
