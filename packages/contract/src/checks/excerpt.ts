/** A JSON value as a report shows it: short. */
export function excerpt(value: unknown, maxLength = 100): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing");
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}…`;
}
