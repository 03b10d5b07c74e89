import { validateHeaderName, validateHeaderValue } from "node:http";
import { isJsonObject } from "@qontext/sync-log-document";
import { BodyError, FaultError } from "../errors.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import type { Fault, FaultPlan, FaultWhen } from "./fault.ts";
import { isAboutLists } from "./fault.ts";

/** The values that a member of a fault accepts. */
interface Member {
  /** The values in words. */
  readonly words: string;
  readonly accepts: (value: unknown) => boolean;
  readonly isOptional?: boolean;
}

const boolean: Member = { words: "true or false", accepts: (value) => typeof value === "boolean" };
const text: Member = { words: "a string", accepts: (value) => typeof value === "string" };
const headerText: Member = {
  words:
    "a string that a header can have: no line break or other control character, no character above U+00FF",
  accepts: (value) => isHeader("x", value),
};
const headers: Member = {
  words: `an object of header names, each with ${headerText.words}`,
  accepts: (value) =>
    isJsonObject(value) && Object.entries(value).every(([name, one]) => isHeader(name, one)),
};
const retryAfter: Member = {
  words: `seconds, a Date, { dateInMs } or ${headerText.words}`,
  accepts: (value) => {
    if (value instanceof Date) return !Number.isNaN(value.getTime());
    const number = isJsonObject(value) ? value["dateInMs"] : value;
    return Number.isFinite(number) || headerText.accepts(value);
  },
};
const json: Member = {
  words: "a JSON value",
  accepts(value) {
    try {
      return JSON.stringify(value) !== undefined;
    } catch {
      return false;
    }
  },
};

function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): Member {
  return {
    words: `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

function isHeader(name: string, value: unknown): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return typeof value === "string";
  } catch {
    return false;
  }
}

function choice(...choices: readonly string[]): Member {
  const accepts = (value: unknown): boolean => choices.some((one) => one === value);
  return { words: choices.join(" or "), accepts };
}

function optional(member: Member): Member {
  return { ...member, isOptional: true };
}

/** The kinds of faults and their members. Numbers are in the unit that the name ends with. */
export const faultMembers: Readonly<Record<Fault["kind"], Readonly<Record<string, Member>>>> = {
  status: {
    status: integer(200, 599),
    retryAfter: optional(retryAfter),
    retryAfterMs: optional(integer(0)),
    headers: optional(headers),
    body: optional(json),
  },
  latency: { delayMs: integer(0), jitterMs: optional(integer(0)) },
  stall: { at: choice("header", "body") },
  drip: { everyMs: integer(0), chunkBytes: optional(integer(1)) },
  reset: { at: choice("header", "body") },
  truncate: { at: optional(choice("json", "wire")) },
  "malformed-json": {},
  "content-type": { contentType: headerText, body: optional(text) },
  redirect: { location: headerText, status: optional(integer(300, 399)) },
  "bad-gzip": {},
  oversize: { bytes: integer(1), isLengthHidden: optional(boolean) },
  flapping: { up: integer(0), down: integer(1), status: optional(integer(400, 599)) },
  unlisted: {},
  "capped-list": { items: integer(0) },
  "stale-list": { maxAgeMs: integer(0) },
};

/** Every kind of fault with the names of its members; those in brackets are optional. */
export const faultSyntax: readonly string[] = Object.entries(faultMembers).map(([kind, fields]) =>
  [
    kind,
    ...Object.entries(fields).map(([name, { isOptional }]) => (isOptional ? `[${name}]` : name)),
  ].join(" "),
);

/** The requests that faults are for. */
export interface FaultTargets {
  /** The operations of their requests, by id. */
  readonly operations: ReadonlyMap<string, FaultTarget>;
  /** The error bodies of a request of any operation. */
  readonly errors: ErrorBodies | undefined;
  /** Whether they are the requests of one run. */
  readonly isForOne: boolean;
}

/** An operation that a fault can be for. */
export interface FaultTarget {
  readonly errors: ErrorBodies | undefined;
  readonly isList: boolean;
}

/**
 * Checks a fault before any request meets it.
 *
 * @param targets - What it may be for; not checked without.
 * @throws FaultError for an unknown fault, a member that is missing, unknown or out of range, or a fault that none of its
 * requests can meet.
 * @throws BodyError for a body that breaks the document's schema for its status.
 */
export function checkFault(plan: FaultPlan, when: FaultWhen, targets?: FaultTargets): void {
  const faults = isSequence(plan) ? plan : [plan];
  if (faults.length === 0) throw new FaultError("A sequence of faults needs at least one entry.");
  checkWhen(when);
  const target = when.operation === undefined ? undefined : targets?.operations.get(when.operation);
  if (targets !== undefined && when.operation !== undefined && target === undefined) {
    const known = [...targets.operations.keys()].join(", ");
    throw new FaultError(`Unknown operation "${when.operation}"; use one of: ${known}.`);
  }
  const errors = (target ?? targets)?.errors;
  for (const fault of faults) {
    if (fault === null) continue;
    assertFault(fault);
    if (targets !== undefined) checkTarget(fault, targets, target);
    if (fault.kind !== "status" || fault.status < 400 || when.unchecked === true) continue;
    const broken = fault.body === undefined ? [] : (errors?.check(fault.status, fault.body) ?? []);
    if (broken.length > 0) throw new BodyError(`The body of the ${fault.status} fault`, broken);
  }
  const steps = faults.filter((fault) => fault !== null);
  if (targets?.isForOne === true && new Set(steps.map(isAboutLists)).size > 1) {
    throw new FaultError("A sequence for one is either for lists or for the requests of its own.");
  }
}

/** Whether a plan is a sequence. */
export function isSequence(plan: FaultPlan): plan is readonly (Fault | null)[] {
  return Array.isArray(plan);
}

/** @throws FaultError if a value is not a fault. */
export function assertFault(fault: unknown): asserts fault is Fault {
  const given = new Map(typeof fault === "object" && fault !== null ? Object.entries(fault) : []);
  const kind = String(given.get("kind"));
  const known = Object.entries(faultMembers).find(([name]) => name === kind)?.[1];
  if (known === undefined) {
    throw new FaultError(
      `Unknown fault "${kind}"; use one of: ${Object.keys(faultMembers).join(", ")}.`,
    );
  }
  given.delete("kind");
  for (const [name, value] of given) {
    const member = known[name];
    if (member === undefined) {
      const names = Object.keys(known).join(", ") || "nothing";
      throw new FaultError(`The fault "${kind}" has no "${name}"; it takes: ${names}.`);
    }
    if (value === undefined || member.accepts(value)) continue;
    throw new FaultError(`${name} of the fault "${kind}" must be ${member.words}.`);
  }
  const missing = Object.keys(known).find(
    (name) => known[name]?.isOptional !== true && given.get(name) === undefined,
  );
  if (missing !== undefined) throw new FaultError(`The fault "${kind}" needs "${missing}".`);
}

/** A fault that no request can meet is a mistake in the test that adds it. */
function checkTarget(
  fault: Fault,
  { isForOne }: FaultTargets,
  operation: FaultTarget | undefined,
): void {
  const { kind } = fault;
  if (isForOne !== (kind === "unlisted") && isAboutLists(fault)) {
    const whose = isForOne ? "all requests" : "the one that lists are to leave out";
    throw new FaultError(`The fault "${kind}" is for ${whose}.`);
  }
  if (operation === undefined || operation.isList === isAboutLists(fault)) return;
  if (!operation.isList)
    throw new FaultError(`The fault "${kind}" is for an operation that lists.`);
  if (isForOne)
    throw new FaultError(`The fault "${kind}" cannot spoil a list for one of its items.`);
}

function checkWhen(when: FaultWhen): void {
  const { operation, times, after, probability } = when;
  if (operation !== undefined && typeof operation !== "string") {
    const given = JSON.stringify(operation);
    throw new FaultError(`operation must be the id of one operation, as a text, not ${given}.`);
  }
  for (const [name, value] of Object.entries({ times, after })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw new FaultError(`${name} must be a whole number of requests, not ${value}.`);
    }
  }
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new FaultError(`probability must be from 0 to 1, not ${probability}.`);
  }
}
