import type { ErrorBodies } from "../spec/error-bodies.ts";
import { BodyError, FaultError } from "../errors.ts";
import { isJsonObject } from "../spec/json.ts";
import type { Fault, FaultPlan, FaultWhen, StatusFault } from "./fault.ts";

/** The kinds of faults and their members: `number` in the unit that the name ends with, a list for a choice. */
export const faultMembers: Readonly<Record<Fault["kind"], Readonly<Record<string, Member>>>> = {
  status: {
    status: { type: "integer", least: 200, most: 599 },
    retryAfter: { type: "any", isOptional: true },
    retryAfterMs: { type: "integer", least: 0, isOptional: true },
    headers: { type: "headers", isOptional: true },
    body: { type: "any", isOptional: true },
  },
  latency: {
    delayMs: { type: "integer", least: 0 },
    jitterMs: { type: "integer", least: 0, isOptional: true },
  },
  stall: { at: { type: "choice", choices: ["header", "body"] } },
  drip: {
    everyMs: { type: "integer", least: 0 },
    chunkBytes: { type: "integer", least: 1, isOptional: true },
  },
  reset: { at: { type: "choice", choices: ["header", "body"] } },
  truncate: { at: { type: "choice", choices: ["json", "wire"], isOptional: true } },
  "malformed-json": {},
  "content-type": { contentType: { type: "text" }, body: { type: "text", isOptional: true } },
  redirect: {
    location: { type: "text" },
    status: { type: "integer", least: 300, most: 399, isOptional: true },
  },
  "bad-gzip": {},
  oversize: {
    bytes: { type: "integer", least: 1 },
    isLengthHidden: { type: "boolean", isOptional: true },
  },
  flapping: {
    up: { type: "integer", least: 0 },
    down: { type: "integer", least: 1 },
    status: { type: "integer", least: 400, most: 599, isOptional: true },
  },
};

/** What a member of a fault takes. */
export type Member = { readonly isOptional?: boolean } & (
  | { readonly type: "any" }
  | { readonly type: "text" }
  | { readonly type: "boolean" }
  | { readonly type: "headers" }
  | { readonly type: "integer"; readonly least: number; readonly most?: number }
  | { readonly type: "choice"; readonly choices: readonly string[] }
);

/** Every kind of fault with the names of its members; those in brackets may be left out. */
export const faultSyntax: readonly string[] = Object.entries(faultMembers).map(([kind, fields]) =>
  [
    kind,
    ...Object.entries(fields).map(([name, { isOptional }]) => (isOptional ? `[${name}]` : name)),
  ].join(" "),
);

/**
 * Checks what was set up before any request meets it.
 *
 * @throws {@link FaultError} for a fault that there is not, or with a member missing, unknown or out of range.
 * @throws {@link BodyError} for a body that breaks the document's schema for its status.
 */
export function checkFault(
  plan: FaultPlan,
  when: FaultWhen,
  errors: ErrorBodies | undefined,
): void {
  const faults: readonly unknown[] = Array.isArray(plan) ? plan : [plan];
  if (faults.length === 0) throw new FaultError("A sequence of faults needs at least one entry.");
  for (const fault of faults) if (fault !== null) assertFault(fault);
  checkWhen(when);
  for (const fault of isSequence(plan) ? plan : [plan]) {
    if (fault?.kind === "status" && when.unchecked !== true) checkBody(fault, errors);
  }
}

/** Whether a plan is a sequence. */
export function isSequence(plan: FaultPlan): plan is readonly (Fault | null)[] {
  return Array.isArray(plan);
}

/**
 * Refuses what is not a fault.
 *
 * @throws {@link FaultError}
 */
export function assertFault(fault: unknown): asserts fault is Fault {
  const given = new Map(typeof fault === "object" && fault !== null ? Object.entries(fault) : []);
  const kind = String(given.get("kind"));
  const known = Object.entries(faultMembers).find(([name]) => name === kind)?.[1];
  if (known === undefined) {
    throw new FaultError(
      `There is no fault "${kind}"; use one of: ${Object.keys(faultMembers).join(", ")}.`,
    );
  }
  given.delete("kind");
  for (const [name, value] of given) {
    const member = known[name];
    if (member === undefined) {
      const names = Object.keys(known).join(", ") || "none";
      throw new FaultError(`The fault "${kind}" has no "${name}"; it takes: ${names}.`);
    }
    const problem = value === undefined ? undefined : problemOf(member, value);
    if (problem !== undefined)
      throw new FaultError(`${name} of the fault "${kind}" must be ${problem}.`);
  }
  const missing = Object.keys(known).find(
    (name) => known[name]?.isOptional !== true && given.get(name) === undefined,
  );
  if (missing !== undefined) throw new FaultError(`The fault "${kind}" needs "${missing}".`);
}

function problemOf(member: Member, value: unknown): string | undefined {
  return fits(member, value) ? undefined : describe(member);
}

function fits(member: Member, value: unknown): boolean {
  if (member.type === "any") return true;
  if (member.type === "choice") return typeof value === "string" && member.choices.includes(value);
  if (member.type === "text") return typeof value === "string";
  if (member.type === "boolean") return typeof value === "boolean";
  if (member.type === "headers") {
    return isJsonObject(value) && Object.values(value).every((text) => typeof text === "string");
  }
  const { least, most = Number.MAX_SAFE_INTEGER } = member;
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function describe(member: Member): string {
  if (member.type === "choice") return member.choices.join(" or ");
  if (member.type === "integer") {
    return `a whole number from ${member.least}${member.most === undefined ? "" : ` to ${member.most}`}`;
  }
  const kinds = {
    headers: "an object of texts",
    boolean: "true or false",
    text: "text",
    any: "any",
  };
  return kinds[member.type];
}

function checkWhen(when: FaultWhen): void {
  const { times, after, probability } = when;
  for (const [name, value] of Object.entries({ times, after })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw new FaultError(`${name} must be a whole number of requests, not ${value}.`);
    }
  }
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new FaultError(`probability must be from 0 to 1, not ${probability}.`);
  }
}

function checkBody(fault: StatusFault, errors: ErrorBodies | undefined): void {
  if (fault.body === undefined || errors === undefined) return;
  const check = errors.checkFor(fault.status);
  const broken = check?.(fault.body, { status: fault.status, path: {} }) ?? [];
  if (broken.length > 0) throw new BodyError(`The body of the ${fault.status} fault`, broken);
}
