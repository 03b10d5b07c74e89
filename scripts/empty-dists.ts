import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Removes what was built before: Turbo restores a build over what another one left behind, and all of it would be packed, or measured. */
export function emptyDists(root: string): void {
  for (const folder of readdirSync(join(root, "packages"))) {
    rmSync(join(root, "packages", folder, "dist"), { recursive: true, force: true });
  }
}
