import semver from "semver";
import { sentence } from "../plan/format-plan.ts";
import type { Bump, ReleasePlan } from "../release-plan.ts";
import { compareBumps } from "../release-plan.ts";
import type { PlannedCarrier } from "./carriers.ts";
import { reaches, requiredBumps } from "./carriers.ts";

/** Packages whose next version promises less than the changes need. */
export interface Shortfall {
  readonly packages: readonly PlannedCarrier[];
  readonly least: Bump;
  /** What they need, what is pending, and the first change that asks for it. */
  readonly message: string;
}

/** What is missing, each reason once: those packages together that lack the same for the same change. */
export function findShortfalls(
  plan: ReleasePlan,
  packages: readonly PlannedCarrier[],
): readonly Shortfall[] {
  const required = requiredBumps(plan);
  const groups = new Map<string, PlannedCarrier[]>();
  for (const carrier of packages) {
    const { folder, released, next } = carrier;
    if (released === undefined) continue;
    const least = required.get(folder) ?? "none";
    const planned = bumpBetween(released, next);
    if (compareBumps(planned, least) >= 0) continue;
    const change = plan.changes.findIndex((one) => one.bump === least && reaches(one, folder));
    const key = JSON.stringify([least, planned, change]);
    groups.set(key, [...(groups.get(key) ?? []), carrier]);
  }
  return [...groups].map(([key, members]) => {
    const [least, planned, index] = JSON.parse(key) as [Bump, Bump, number];
    const change = plan.changes[index];
    const names = members.map(({ name }) => name).join(", ");
    const pending = planned === "none" ? "no release" : `only a ${planned}`;
    const needs = members.length === 1 ? "needs" : "need";
    const why = change ? sentence(change) : "";
    return {
      packages: members,
      least,
      message: `${names} ${needs} a ${least} release, but ${pending} is pending.\n  ${why}`,
    };
  });
}

/** The greatest part of the version that grows: releases before 1.0.0 count like any other. */
function bumpBetween(from: string, to: string): Bump {
  if (!semver.gt(to, from)) return "none";
  if (semver.major(to) > semver.major(from)) return "major";
  return semver.minor(to) > semver.minor(from) ? "minor" : "patch";
}
