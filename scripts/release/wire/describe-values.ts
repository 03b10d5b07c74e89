const maxCharacters = 60;

/** What changed, with the values: `enum gains "paused"`, `maxLength goes from 14 to 13`. */
export function describeValues(
  what: string,
  kind: "added" | "removed" | "modified",
  before: unknown,
  after: unknown,
): string {
  const subject = what === "properties" ? "the property" : `\`${what}\``;
  if (kind === "added") return `${subject} is added`;
  if (kind === "removed") return `${subject} is removed`;
  if (Array.isArray(before) && Array.isArray(after)) return describeLists(subject, before, after);
  if (before === undefined) return `${subject} is set to ${shown(after)}`;
  if (after === undefined) return `${subject}, which was ${shown(before)}, is removed`;
  return `${subject} goes from ${shown(before)} to ${shown(after)}`;
}

function describeLists(
  subject: string,
  before: readonly unknown[],
  after: readonly unknown[],
): string {
  const from = new Set(before.map((value) => JSON.stringify(value)));
  const to = new Set(after.map((value) => JSON.stringify(value)));
  const gained = [...to].filter((value) => !from.has(value));
  const lost = [...from].filter((value) => !to.has(value));
  const parts = [
    gained.length > 0 ? `gains ${gained.join(", ")}` : "",
    lost.length > 0 ? `loses ${lost.join(", ")}` : "",
  ].filter(Boolean);
  return `${subject} ${parts.join(" and ") || "changes its order"}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
