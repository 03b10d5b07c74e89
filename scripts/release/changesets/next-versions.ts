import { assembleReleasePlan } from "@changesets/assemble-release-plan";
import { readConfig } from "@changesets/config";
import { readPreState } from "@changesets/pre";
import { readChangesets } from "@changesets/read";
import { getPackages } from "@manypkg/get-packages";
import { ReleaseError } from "../release-error.ts";

/**
 * The version that each package of the workspace will have once its pending changesets are applied, by package name.
 *
 * These are the parts that `changeset status --output` is made of. The command itself asks git for the branch's base
 * and fails in a shallow or detached clone, although the answer does not depend on it.
 *
 * @throws ReleaseError `changesets_failed` when the configuration or a changeset cannot be read.
 */
export async function nextVersions(root: string): Promise<ReadonlyMap<string, string>> {
  try {
    const packages = await getPackages(root);
    const { config, errors } = await readConfig(root, packages);
    if (!config) throw new Error(errors.join("\n"));
    const changesets = await readChangesets(root);
    const plan = assembleReleasePlan(changesets, packages, config, await readPreState(root));
    const versions = new Map(
      packages.packages.map(({ packageJson: { name, version } }) => [name, version]),
    );
    for (const { name, newVersion } of plan.releases) {
      if (newVersion !== undefined) versions.set(name, newVersion);
    }
    return versions;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ReleaseError("changesets_failed", `The pending changesets cannot be read: ${why}`, {
      cause,
    });
  }
}
