import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatBullets } from "../plan/format-plan.ts";
import type { ReleasePlan } from "../release-plan.ts";
import { requiredBumps } from "./carriers.ts";
import type { Carrier } from "./carriers.ts";

/** All drafts begin with it. */
const prefix = "spec-";

/** What became of the drafts. */
export interface Draft {
  /** The file in `.changeset` that was written; undefined if there is nothing to add. */
  readonly written: string | undefined;
  /** Drafts that a person has changed, which stay as they are. */
  readonly kept: readonly string[];
}

/**
 * Removes the drafts that nobody has touched since they were written: a new one takes their place. What a person wrote stays.
 *
 * @returns the drafts that stay.
 */
export function removeUntouchedDrafts(root: string): readonly string[] {
  const folder = join(root, ".changeset");
  const drafts = readdirSync(folder).filter(
    (file) => file.startsWith(prefix) && file.endsWith(".md"),
  );
  return drafts.filter((file) => {
    const isUntouched = nameFor(readFileSync(join(folder, file), "utf8")) === file;
    if (isUntouched) rmSync(join(folder, file));
    return !isUntouched;
  });
}

/**
 * Writes the changeset that the plan asks for, with one bullet for each change that no kept draft has.
 *
 * @param carriers - The packages that need it.
 * @param kept - Drafts that stay, by their names in `.changeset`.
 */
export function draftChangeset(
  root: string,
  plan: ReleasePlan,
  carriers: readonly Carrier[],
  kept: readonly string[],
): Draft {
  const folder = join(root, ".changeset");
  const required = requiredBumps(plan);
  const releases = carriers.flatMap(({ folder: name, name: full }) => {
    const bump = required.get(name) ?? "none";
    return bump === "none" ? [] : [`${JSON.stringify(full)}: ${bump}`];
  });
  if (releases.length === 0) return { written: undefined, kept };
  const texts = kept.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const bullets = formatBullets(plan.changes).filter((bullet) => !texts.includes(bullet));
  const summary = `The OpenAPI document changed since ${plan.compared.base}:`;
  const text = `---\n${releases.join("\n")}\n---\n\n${[summary, bullets.join("\n")].filter(Boolean).join("\n\n")}\n`;
  const written = nameFor(text);
  // The name says what was written, so a file of that name with another text is a person's.
  if (!kept.includes(written)) writeFileSync(join(folder, written), text);
  return { written, kept };
}

/** A draft is named after its text, whatever line ends a checkout gives it. */
function nameFor(text: string): string {
  const hash = createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
  return `${prefix}${hash.slice(0, 8)}.md`;
}
