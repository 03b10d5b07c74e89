// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** The length of a text as JSON Schema counts it: in code points, not in UTF-16 units. */
export function countCodePoints(text: string): number {
  const pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
  return text.length - pairs;
}

/** Whether two JSON values are the same: the order of keys does not count. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null || Array.isArray(left) !== Array.isArray(right)) return false;
  const leftEntries = Object.entries(left);
  const rightMembers = new Map(Object.entries(right));
  return (
    leftEntries.length === rightMembers.size &&
    leftEntries.every(
      ([key, value]) => rightMembers.has(key) && isEqual(value, rightMembers.get(key)),
    )
  );
}
