import semver from "semver";
import type { Bump } from "../bump.ts";
import { isEnough } from "../bump.ts";
import type { ReleasePlan } from "../plan/release-plan.ts";
import { requiredBumps } from "./carriers.ts";

/** A package that carries the document, as it was released and as it will be. */
export interface Carrier {
  readonly folder: string;
  readonly name: string;
  /** The version at the base; undefined for a package that was not there. */
  readonly released: string | undefined;
  /** The version once the pending changesets are applied. */
  readonly next: string;
}

/** A package whose next version promises less than the changes need. */
export interface Shortfall {
  readonly name: string;
  readonly required: Bump;
  readonly planned: Bump;
  /** The id and the place of the change that needs the most. */
  readonly change: string;
}

/** Compares the pending bumps with the required ones. */
export function checkBumps(plan: ReleasePlan, packages: readonly Carrier[]): readonly Shortfall[] {
  const required = requiredBumps(plan);
  return packages.flatMap(({ folder, name, released, next }) => {
    const least = required.get(folder) ?? "none";
    if (released === undefined) return [];
    const planned = bumpBetween(released, next);
    if (isEnough(planned, least)) return [];
    const change = plan.changes.find(({ bump }) => bump === least) ?? plan.changes[0];
    const described = change ? `${change.id} at ${change.where} (${change.why})` : "";
    return [{ name, required: least, planned, change: described }];
  });
}

/** The greatest part of the version that grows: releases before 1.0.0 count like any other. */
export function bumpBetween(from: string, to: string): Bump {
  if (!semver.gt(to, from)) return "none";
  if (semver.major(to) > semver.major(from)) return "major";
  return semver.minor(to) > semver.minor(from) ? "minor" : "patch";
}

/** Says what is missing, and how to write the changeset. */
export function formatShortfalls(shortfalls: readonly Shortfall[]): string {
  const lines = shortfalls.map(
    ({ name, required, planned, change }) =>
      `${name} needs a ${required} release, but ${planned === "none" ? "no release" : `only a ${planned}`} is pending: ${change}`,
  );
  return `${lines.join("\n")}\nWrite the changeset with \`pnpm release:draft\`, or raise the pending one.\n`;
}
