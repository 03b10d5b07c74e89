import type { Change } from "../release-plan.ts";
import type { ReleasePlan } from "../release-plan.ts";

/** The plan for a machine: `{ bump, changes: [{ id, bump, where, why, source }], compared, notes }`. */
export function formatJson(plan: ReleasePlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** The plan for a terminal. */
export function formatText(plan: ReleasePlan): string {
  const lines = plan.changes.map(
    ({ bump, id, where, why }) => `${bump.padEnd(5)}  ${id}\n       at ${where}\n       ${why}`,
  );
  const { base, revision } = plan.compared;
  return `${[...lines, ...plan.notes.map((note) => `note   ${note}`), verdict(plan), `(${base} → ${revision})`].join("\n")}\n`;
}

/** The plan as a comment on a pull request. */
export function formatMarkdown(plan: ReleasePlan): string {
  const head = `### Release plan: ${plan.bump === "none" ? "no release" : `**${plan.bump}**`}`;
  const notes = plan.notes.map((note) => `> ${note}\n`);
  const { base, revision } = plan.compared;
  const compared = `${verdict(plan)} Compared: \`${base}\` → \`${revision}\`.`;
  if (plan.changes.length === 0)
    return `${[head, "", compared, "", ...notes].join("\n").trimEnd()}\n`;
  const rows = plan.changes.map(
    (change) =>
      `| ${change.bump} | \`${change.id}\` | ${cell(change.where)} | ${cell(change.why)} | ${change.source} |`,
  );
  const table = [
    "| bump | change | where | why | seen by |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ];
  return `${[head, "", compared, "", ...notes, ...table].join("\n")}\n`;
}

/** One bullet a change, for a changelog. */
export function formatBullets(changes: readonly Change[]): string {
  return changes.map(({ bump, where, why }) => `- ${bump}: ${where}: ${why}`).join("\n");
}

function verdict({ bump, changes }: ReleasePlan): string {
  if (bump === "none") return "Nothing changed that a release carries.";
  const [first] = changes;
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : "";
  return `The next release must be at least ${bump}: ${first?.id ?? ""} at ${first?.where ?? ""}${more}.`;
}

/** Text from a document must neither end a table cell nor become markup. */
function cell(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "&#64;")
    .replaceAll(/\r?\n/gu, " ");
}
