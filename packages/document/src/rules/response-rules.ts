import { appendPointer } from "../json-pointer.ts";
import type { InvariantReport, InvariantViolation, RuleBindings } from "./invariant.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { RuleSite } from "./rule-sites.ts";
import type { SiteStep } from "./schema-parts.ts";
import { eachItem } from "./schema-parts.ts";

/** A violation and the part of the body it is about. */
export interface ResponseViolation extends InvariantViolation {
  /** JSON pointer into the body; empty for the body itself. */
  readonly pointer: string;
}

/** What became of each invariant of a response. */
export interface ResponseReport extends InvariantReport {
  readonly violations: readonly ResponseViolation[];
}

/** The rules of one response of one operation. */
export interface ResponseRules {
  /** The lifecycle of the body itself, if it has one. */
  readonly lifecycle: Lifecycle | undefined;
  /** Every place in the body that rules are about. */
  readonly sites: readonly RuleSite[];
  /**
   * Checks a whole body, `self`, by the rules of the response, of its schema and of the schemas within.
   *
   * @param oldMember - Within lists and maps it says what `oldSelf` is. @default it is not bound there
   */
  readonly check: (bindings: RuleBindings, oldMember?: OldMember) => ResponseReport;
}

/**
 * What the member of a list or map was at an earlier time: only who knows how members are told apart knows which one it was.
 *
 * @param pointer - Where in the body the member is.
 * @returns undefined if it is not known.
 */
export type OldMember = (pointer: string) => unknown;

interface Place {
  readonly pointer: string;
  readonly self: unknown;
  readonly oldSelf: unknown;
}

/** The rules of a response that has these sites. */
export function createResponseRules(sites: readonly RuleSite[]): ResponseRules {
  return {
    lifecycle: sites.find((site) => site.path.length === 0 && site.lifecycle !== undefined)
      ?.lifecycle,
    sites,
    check: (bindings, oldMember) => checkSites(sites, bindings, oldMember),
  };
}

function checkSites(
  sites: readonly RuleSite[],
  bindings: RuleBindings,
  oldMember: OldMember = () => undefined,
): ResponseReport {
  const violations: ResponseViolation[] = [];
  const passed = new Set<string>();
  const skipped = new Set<string>();
  for (const site of sites) {
    for (const { id } of site.invariants.invariants) skipped.add(id);
    for (const { pointer, self, oldSelf } of findPlaces(site, bindings, oldMember)) {
      const report = site.invariants.check({ ...bindings, self, oldSelf });
      for (const id of report.passed) passed.add(id);
      for (const violation of report.violations) {
        violations.push({ ...violation, pointer: pointer + violation.at });
      }
    }
  }
  const violated = new Set(violations.map(({ id }) => id));
  return {
    violations,
    passed: [...passed].filter((id) => !violated.has(id)),
    skipped: [...skipped].filter((id) => !violated.has(id) && !passed.has(id)),
  };
}

function findPlaces(
  site: RuleSite,
  { self, oldSelf }: RuleBindings,
  oldMember: OldMember,
): readonly Place[] {
  let places: readonly Place[] = [{ pointer: "", self, oldSelf }];
  for (const step of site.path)
    places = places.flatMap((place) => stepInto(place, step, oldMember));
  return site.path.length === 0 ? places : places.filter((place) => place.self !== null);
}

function stepInto(
  { pointer, self, oldSelf }: Place,
  step: SiteStep,
  oldMember: OldMember,
): readonly Place[] {
  if (typeof self !== "object" || self === null) return [];
  if (typeof step === "symbol") {
    if (Array.isArray(self) !== (step === eachItem)) return [];
    return Object.entries(self).map(([key, member]) => {
      const at = appendPointer(pointer, key);
      return { pointer: at, self: member, oldSelf: oldMember(at) };
    });
  }
  const member = ownMember(self, step);
  if (member === undefined) return [];
  return [
    { pointer: appendPointer(pointer, step), self: member, oldSelf: ownMember(oldSelf, step) },
  ];
}

function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
