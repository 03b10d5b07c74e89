import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { carrierFolders } from "../../generate/stamp-manifests.ts";
import { runGit } from "../git/read-tree.ts";
import { ReleaseError } from "../release-error.ts";
import { isJsonObject } from "@qontext/sync-log-document";
import type { Carrier } from "./check-bumps.ts";
import { nextVersions } from "./next-versions.ts";

/** The name and version in a package's manifest. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string;
}

/** The carrying packages that the workspace has, by their folders. */
export function readCarrierIdentities(root: string): ReadonlyMap<string, PackageIdentity> {
  const found = carrierFolders.flatMap((folder) => {
    const file = join(root, "packages", folder, "package.json");
    return existsSync(file) ? [[folder, identity(readFileSync(file, "utf8"), file)] as const] : [];
  });
  return new Map(found);
}

/** The carrying packages with the versions they had at a commit and those they will have. */
export async function readCarriers(root: string, commit: string): Promise<readonly Carrier[]> {
  const next = await nextVersions(root);
  const identities = readCarrierIdentities(root);
  return Promise.all(
    [...identities].map(async ([folder, { name, version }]) => {
      const file = `packages/${folder}/package.json`;
      const before = await runGit(root, ["show", `${commit}:${file}`]);
      const released = before === undefined ? undefined : identity(before, file).version;
      return { folder, name, released, next: next.get(name) ?? version };
    }),
  );
}

function identity(text: string, file: string): PackageIdentity {
  const manifest: unknown = JSON.parse(text);
  if (isJsonObject(manifest)) {
    const { name, version } = manifest;
    if (typeof name === "string" && typeof version === "string") return { name, version };
  }
  throw new ReleaseError("changesets_failed", `${file} has no name or no version.`);
}
