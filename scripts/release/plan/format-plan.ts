import type { Change, ReleasePlan } from "../release-plan.ts";

/** The plan for a machine: `{ bump, changes: [{ id, bump, where, what, why, remedy, source }], compared, notes }`. */
export function formatJson(plan: ReleasePlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** The plan for a terminal. */
export function formatText(plan: ReleasePlan): string {
  const lines = plan.changes.map(({ bump, id, where, ...change }) => {
    const text = [`${whatOf(change)}:`, change.why].join(" ");
    const parts = [`${bump.padEnd(5)}  ${where}`, `       ${text}`];
    if (change.remedy !== undefined) parts.push(`       → ${change.remedy}`);
    return `${[...parts, `       (${id})`].join("\n")}\n`;
  });
  const { base, revision } = plan.compared;
  const notes = plan.notes.map((note) => `note   ${note}`);
  return `${[...lines, ...notes, verdict(plan), `(${base} → ${revision})`].join("\n")}\n`;
}

/** A change in a sentence or two: where it is, what it is, what it does, and what to do about it. */
export function sentence(change: Change): string {
  const { where, why, remedy } = change;
  return `${where}: ${whatOf(change)}: ${why}.${remedy === undefined ? "" : ` ${remedy}`}`;
}

/** What changed, with the direction where both would be possible. */
function whatOf({ what, direction }: Pick<Change, "what" | "direction">): string {
  if (direction === undefined) return what;
  return `${what} (${direction === "request" ? "in requests" : "in answers"})`;
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
    ({ bump, id, where, why, remedy, ...change }) =>
      `| ${bump} | ${cell(where)} | ${cell(whatOf(change))} | ${cell([why, remedy].filter(Boolean).join(". "))} | \`${id}\` |`,
  );
  const table = [
    "| bump | where | what | why, and what to do | change |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ];
  return `${[head, "", compared, "", ...notes, ...table].join("\n")}\n`;
}

/** One bullet a change, for a changelog. */
export function formatBullets(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => `- ${change.bump}: ${sentence(change)}`);
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
