import { createHash } from "node:crypto";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatBullets } from "../plan/format-plan.ts";
import type { ReleasePlan } from "../release-plan.ts";
import { readCarriers, requiredBumps } from "./carriers.ts";

/** All drafts begin with it, so that a new draft replaces the one before. */
const prefix = "spec-";

/**
 * Writes the changeset that the plan asks for, with one bullet for each change.
 *
 * @returns the name of the file in `.changeset`; undefined when nothing is to be released.
 */
export function draftChangeset(root: string, plan: ReleasePlan): string | undefined {
  const folder = join(root, ".changeset");
  for (const file of readdirSync(folder)) {
    if (file.startsWith(prefix) && file.endsWith(".md")) rmSync(join(folder, file));
  }
  const required = requiredBumps(plan);
  const releases = readCarriers(root).flatMap((carrier) => {
    const bump = required.get(carrier.folder) ?? "none";
    return bump === "none" ? [] : [`${JSON.stringify(carrier.name)}: ${bump}`];
  });
  if (releases.length === 0) return undefined;
  const summary = `The OpenAPI document changed since ${plan.compared.base}:`;
  const text = `---\n${releases.join("\n")}\n---\n\n${summary}\n\n${formatBullets(plan.changes)}\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const name = `${prefix}${hash}.md`;
  writeFileSync(join(folder, name), text);
  return name;
}
