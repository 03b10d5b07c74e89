import { createHash } from "node:crypto";
import { formatBullets } from "../plan/format-plan.ts";
import type { ReleasePlan } from "../plan/release-plan.ts";
import { requiredBumps } from "./carriers.ts";

/** A changeset as a file of the folder `.changeset`. */
export interface DraftedChangeset {
  readonly fileName: string;
  readonly text: string;
}

/** The name all drafts begin with, so that a new draft replaces the one before. */
export const draftPrefix = "spec-";

/**
 * The changeset that the plan asks for, with one bullet a change; undefined when nothing is to be released.
 *
 * @param names - The name of each carrying package, by its folder.
 */
export function draftChangeset(
  plan: ReleasePlan,
  names: ReadonlyMap<string, string>,
): DraftedChangeset | undefined {
  const releases = [...requiredBumps(plan)].flatMap(([folder, bump]) => {
    const name = names.get(folder);
    return name === undefined || bump === "none" ? [] : [`${JSON.stringify(name)}: ${bump}`];
  });
  if (releases.length === 0) return undefined;
  const summary = `The OpenAPI document changed since ${plan.compared.base}:`;
  const text = `---\n${releases.join("\n")}\n---\n\n${summary}\n\n${formatBullets(plan.changes)}\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return { fileName: `${draftPrefix}${hash}.md`, text };
}
