import { isJsonObject } from "@qontext/sync-log-document";
import { BodyError, FaultError } from "../errors.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import type { Fault, FaultPlan, FaultWhen } from "./fault.ts";

/** The kinds of faults and their members. Numbers are in the unit that the name ends with. */
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

/** The values that a member of a fault accepts. */
export type Member = { readonly isOptional?: boolean } & (
  | { readonly type: "any" }
  | { readonly type: "text" }
  | { readonly type: "boolean" }
  | { readonly type: "headers" }
  | { readonly type: "integer"; readonly least: number; readonly most?: number }
  | { readonly type: "choice"; readonly choices: readonly string[] }
);

/** Every kind of fault with the names of its members; those in brackets are optional. */
export const faultSyntax: readonly string[] = Object.entries(faultMembers).map(([kind, fields]) =>
  [
    kind,
    ...Object.entries(fields).map(([name, { isOptional }]) => (isOptional ? `[${name}]` : name)),
  ].join(" "),
);

/**
 * Checks a fault before any request meets it.
 *
 * @throws {@link FaultError} for an unknown fault, or a member that is missing, unknown or out of range.
 * @throws {@link BodyError} for a body that breaks the document's schema for its status.
 */
export function checkFault(
  plan: FaultPlan,
  when: FaultWhen,
  errors: ErrorBodies | undefined,
): void {
  const faults = isSequence(plan) ? plan : [plan];
  if (faults.length === 0) throw new FaultError("A sequence of faults needs at least one entry.");
  checkWhen(when);
  for (const fault of faults) {
    if (fault === null) continue;
    assertFault(fault);
    if (fault.kind !== "status" || fault.status < 400 || when.unchecked === true) continue;
    const broken = fault.body === undefined ? [] : (errors?.check(fault.status, fault.body) ?? []);
    if (broken.length > 0) throw new BodyError(`The body of the ${fault.status} fault`, broken);
  }
}

/** Whether a plan is a sequence. */
export function isSequence(plan: FaultPlan): plan is readonly (Fault | null)[] {
  return Array.isArray(plan);
}

/** @throws {@link FaultError} if a value is not a fault. */
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
    if (value === undefined || fits(member, value)) continue;
    throw new FaultError(`${name} of the fault "${kind}" must be ${describe(member)}.`);
  }
  const missing = Object.keys(known).find(
    (name) => known[name]?.isOptional !== true && given.get(name) === undefined,
  );
  if (missing !== undefined) throw new FaultError(`The fault "${kind}" needs "${missing}".`);
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
    headers: "an object of strings",
    boolean: "true or false",
    text: "a string",
    any: "any value",
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
