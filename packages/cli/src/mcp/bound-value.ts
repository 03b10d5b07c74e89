/** How much of a value is kept: of each text in characters, of each list and object in members. */
const steps = [
  { text: 10_000, members: 1000 },
  { text: 2000, members: 200 },
  { text: 500, members: 50 },
  { text: 100, members: 10 },
] as const;

type Step = (typeof steps)[number];

function shortText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

function shorten(value: unknown, step: Step): unknown {
  if (typeof value === "string") return shortText(value, step.text);
  if (Array.isArray(value)) return value.slice(0, step.members).map((one) => shorten(one, step));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .slice(0, step.members)
    .map(([name, member]) => [shortText(name, step.text), shorten(member, step)] as const);
  return Object.fromEntries(members);
}

/** How long a value is as JSON. */
export function lengthOf(value: unknown): number {
  return (JSON.stringify(value) ?? "").length;
}

/**
 * A value of JSON that is no longer than `maxLength` as JSON: where it would be, long texts, lists and objects lose their ends, and
 * no more of them than is needed.
 */
export function boundValue(value: unknown, maxLength: number): unknown {
  if (lengthOf(value) <= maxLength) return value;
  for (const step of steps) {
    const short = shorten(value, step);
    if (lengthOf(short) <= maxLength) return short;
  }
  return shortText(JSON.stringify(value), maxLength / 2);
}
