import type { Change } from "../release-plan.ts";

/** Words of ours for what oasdiff's rule names call otherwise. */
const aliases: Readonly<Record<string, RegExp>> = {
  property:
    /property-(?:added|removed)|new-(?:required|optional)-request-property|-property-(?:with-|$)/u,
  "new-required-property": /required-property-added|new-required/u,
  "property-became-required": /became-required/u,
  "property-became-optional": /became-optional/u,
  format: /type-/u,
};

/** Whether a change is about what a check of oasdiff with these rules looks at; a check of all looks at everything. */
export function isWithinCheck(change: Change, ruleIds: readonly string[] | undefined): boolean {
  if (ruleIds === undefined) return true;
  if (change.source === "surface") return isOnSameSide(change.id, ruleIds);
  const [, direction, concept] = /^(request|response)-(.*)$/u.exec(change.id) ?? [];
  if (direction === undefined || concept === undefined) return true;
  const sameSide = ruleIds.filter(
    (id) => !/^(?:request|response)-/u.test(id) || id.startsWith(direction),
  );
  const subject = concept.replace(
    /-(?:value-)?(?:added|removed|renamed|changed|increased|decreased)$/u,
    "",
  );

  const pattern = aliases[subject] ?? new RegExp(`(?:^|-)${subject}(?:-|$)`, "u");
  return sameSide.some((id) => pattern.test(id) && !exclusiveMismatch(subject, id));
}

/** Types are compared as wholes: of a check, only the direction can be told. */
function isOnSameSide(id: string, ruleIds: readonly string[]): boolean {
  const [, direction] = /^types-(request|response)-/u.exec(id) ?? [];
  if (direction === undefined) return true;
  const sides = ruleIds.filter((rule) => /^(?:request|response)-/u.test(rule));
  return sides.length === 0 || sides.some((rule) => rule.startsWith(direction));
}

/** `max` must not find `exclusive-max`, nor `pattern` `pattern-property`. */
function exclusiveMismatch(subject: string, id: string): boolean {
  if (!subject.startsWith("exclusive") && id.includes("exclusive")) return true;
  if (subject === "max" || subject === "min")
    return /-(?:max|min)-(?:length|items|contains)/u.test(id);
  return subject === "pattern" && id.includes("pattern-propert");
}
