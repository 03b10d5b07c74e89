import semver from "semver";
import type { Bump, ReleasePlan } from "../release-plan.ts";
import { compareBumps } from "../release-plan.ts";
import type { PlannedCarrier } from "./carriers.ts";
import { requiredBumps } from "./carriers.ts";

/** Each package whose next version promises less than the changes need, as a line that says what it needs and why. */
export function findShortfalls(
  plan: ReleasePlan,
  packages: readonly PlannedCarrier[],
): readonly string[] {
  const required = requiredBumps(plan);
  return packages.flatMap(({ folder, name, released, next }) => {
    if (released === undefined) return [];
    const least = required.get(folder) ?? "none";
    const planned = bumpBetween(released, next);
    if (compareBumps(planned, least) >= 0) return [];
    const change = plan.changes.find(({ bump }) => bump === least) ?? plan.changes[0];
    const why = change ? `${change.id} at ${change.where} (${change.why})` : "";
    const pending = planned === "none" ? "no release" : `only a ${planned}`;
    return [`${name} needs a ${least} release, but ${pending} is pending: ${why}`];
  });
}

/** The greatest part of the version that grows: releases before 1.0.0 count like any other. */
function bumpBetween(from: string, to: string): Bump {
  if (!semver.gt(to, from)) return "none";
  if (semver.major(to) > semver.major(from)) return "major";
  return semver.minor(to) > semver.minor(from) ? "minor" : "patch";
}
