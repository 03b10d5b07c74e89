import { asyncProperty, check, integer, nat, oneof, string, tuple } from "fast-check";
import type { Arbitrary } from "fast-check";
import { isWellFormed } from "../plan/absent-value.ts";
import { caseId, writeCase } from "../plan/case-writer.ts";
import type { CaseDraft } from "../plan/case-writer.ts";
import type { ContractCase, Family } from "../plan/contract-case.ts";
import { malformedExpectation } from "../plan/path-cases.ts";
import type { PlanInput } from "../plan/plan-input.ts";
import { firstTarget, resourceParameter } from "../plan/plan-input.ts";
import type { CaseResult } from "../report/report.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { outcomeOf, resultOf, sendPatiently, unjudgeableOutcome } from "./run-case.ts";
import type { Judgement } from "./runner.ts";
import type { RunState } from "./run-state.ts";

/** A property of the provider: for every value, the case that is made of it violates nothing. */
interface Property {
  readonly name: string;
  readonly purpose: string;
  readonly family: Family;
  readonly values: Arbitrary<string>;
  readonly draft: (value: string) => Omit<CaseDraft, "name" | "purpose">;
}

/** Any code point except a lone surrogate. fast-check's own units build tables of a million entries first. */
const anyCharacter: Arbitrary<string> = nat({ max: 0x10_ff_ff - 0x8_00 }).map((number) =>
  String.fromCodePoint(number < 0xd8_00 ? number : number + 0x8_00),
);

/** Mostly printable ASCII. */
const unit: Arbitrary<string> = oneof(
  integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  anyCharacter,
);

/** Printable ASCII, without blanks around it. */
const headerValue: Arbitrary<string> = string({ minLength: 1, maxLength: 24 }).map((value) =>
  value.trim(),
);

/** The properties of an operation. */
function propertiesOf(input: PlanInput): readonly Property[] {
  const { credential, key, other } = input;
  const resource = resourceParameter(input);
  const properties: Property[] = [
    ...(resource === undefined ? [] : [pathProperty(input, resource)]),
    {
      name: "query",
      purpose: "Any unknown query parameter changes nothing, or is refused with 400.",
      family: "read",
      values: string({ unit, minLength: 1, maxLength: 16 }),
      draft: (value) => ({
        vary: { rawQuery: `x_${encodeURIComponent(value)}=${encodeURIComponent(value)}` },
        expect: { statuses: ["2XX", 400], otherwise: "read/query-refused" },
        readsAsOwner: true,
      }),
    },
    {
      name: "header",
      purpose: "Any value of Accept gets an available media type, or 406.",
      family: "accept",
      values: headerValue.filter((value) => value !== ""),
      draft: (value) => ({
        vary: { headers: [["Accept", value]] },
        expect: { statuses: ["2XX", 400, 406, 415], otherwise: "accept/status" },
        readsAsOwner: true,
      }),
    },
  ];
  if (credential?.in === "header" && credential.type === "apiKey" && key !== undefined) {
    properties.push({
      name: "key",
      purpose: "Any key that was never issued is refused.",
      family: "auth",
      values: headerValue.filter((value) => value !== key && value !== other.key),
      draft: (value) => ({
        vary: { key: value },
        expect: {
          statuses: [400, 401, 403, 404],
          whenServed: "auth/wrong-key-accepted",
          otherwise: "auth/unauthenticated-status",
        },
      }),
    });
  }
  return properties;
}

function pathProperty(input: PlanInput, resource: string): Property {
  const target = firstTarget(input);
  const own = target[resource] ?? "";
  const mutated = tuple(
    nat({ max: Math.max(0, own.length - 1) }),
    string({ unit, maxLength: 2 }),
  ).map(([index, inserted]) => `${own.slice(0, index)}${inserted}${own.slice(index + 1)}`);
  return {
    name: "path",
    purpose: `Any ${resource} that is not the known one is refused or not found.`,
    family: "path",
    values: oneof(string({ unit, minLength: 1, maxLength: 40 }), mutated).filter(
      (value) => value !== own && !/^\.{0,2}$/.test(value),
    ),
    draft: (value) => {
      // Gateways refuse these by themselves, with pages of their own.
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      const leaves = /[/\\%\u0000-\u001f\u007f]|\.\./.test(value);
      return {
        parameters: { ...target, [resource]: value },
        vary: { rawSegments: { [resource]: encodeURIComponent(value) } },
        scope: leaves ? "http" : "operation",
        expect: malformedExpectation(
          "path/malformed-accepted",
          isWellFormed(input, resource, value),
          [422, ...(leaves ? [301, 302, 307, 308, 401, 403, 405] : [])],
        ),
      };
    },
  };
}

/** Runs each property with its share of the requests that are left; a failing value is shrunk to the smallest that fails. */
export async function randomResults(
  state: RunState,
  { input }: OperationPlan,
  maxRequests: number,
): Promise<readonly CaseResult[]> {
  const properties = propertiesOf(input).filter(({ name }) =>
    state.runner.selection.isCaseSent(`random/${name}`),
  );
  const before = state.sender.requests;
  const results: CaseResult[] = [];
  for (const [index, property] of properties.entries()) {
    const left = maxRequests - (state.sender.requests - before);
    // Of paths there are the most to try.
    const shares = property.family === "path" ? 2 : properties.length - index;
    const remaining = Math.floor(left / shares);
    results.push(await runProperty(state, input, property, Math.min(40, remaining)));
  }
  return results;
}

async function runProperty(
  state: RunState,
  input: PlanInput,
  property: Property,
  share: number,
): Promise<CaseResult> {
  const { runner, sender } = state;
  const summary = caseOf(input, property, "");
  if (share < 1) {
    const reason = "no requests are left for random values";
    return resultOf(summary, { outcome: "skipped", reason });
  }
  const before = sender.requests;
  const seen = await tryValues(state, input, property, share);
  const requests = sender.requests - before;
  if (seen.worst !== undefined) runner.keep(seen.worst);
  const shown = seen.worst ?? seen.repeated;
  if (shown !== undefined) return resultOf(summary, { ...outcomeOf(shown), requests });
  const reason = seen.problem ?? (seen.isJudged ? undefined : "no value was sent");
  return reason === undefined
    ? resultOf(summary, { outcome: "passed", requests })
    : resultOf(summary, { outcome: "not judged", reason, requests });
}

/** What the values of a property have shown. */
interface Seen {
  /** The smallest value's judgement, with what the planned cases have not shown. */
  worst?: Judgement;
  /** A judgement with only what the planned cases have shown. */
  repeated?: Judgement;
  /** Why a value could not be judged. */
  problem?: string | undefined;
  isJudged: boolean;
}

async function tryValues(
  { runner, sender, run }: RunState,
  input: PlanInput,
  property: Property,
  share: number,
): Promise<Seen> {
  const seen: Seen = { isJudged: false };
  const before = sender.requests;
  const holds = asyncProperty(property.values, async (value) => {
    // The rest of the budget is for shrinking; beyond it every value passes, so that shrinking ends.
    if (sender.requests - before >= share * 2) return true;
    const contractCase = caseOf(input, property, value);
    if (typeof contractCase.request === "function") return true;
    const { operation } = input;
    const exchange = await sendPatiently(
      runner,
      sender,
      operation,
      contractCase,
      contractCase.request,
    );
    const unjudgeable = unjudgeableOutcome(exchange, contractCase);
    seen.problem ??= unjudgeable?.reason;
    if (unjudgeable !== undefined) return true;
    const judgement = await runner.judge(operation, contractCase, exchange, "plan");
    // What the planned cases have shown is not new, and would hide what is.
    const news = judgement.found.filter(
      (one) => !runner.violations.has(one.check, one.operationId, one.finding),
    );
    seen.isJudged = true;
    seen.problem ??= judgement.problem;
    if (judgement.found.length > news.length) seen.repeated = judgement;
    if (news.length > 0) seen.worst = { ...judgement, found: news };
    else runner.keep({ ...judgement, found: [] });
    return news.length === 0;
  });
  await check(holds, { seed: run.seed, numRuns: share });
  return seen;
}

function caseOf(input: PlanInput, property: Property, value: string): ContractCase {
  const { name, purpose, family, draft } = property;
  const written = writeCase(input, family, { name, purpose, ...draft(value) });
  return { ...written, id: caseId(input, "random", name) };
}

/** Names of the properties of an operation. */
export function propertyNames(input: PlanInput): readonly string[] {
  return propertiesOf(input).map((property) => property.name);
}

/** Runs one property by its name, with at most thirty values. */
export async function runNamedProperty(
  state: RunState,
  { input }: OperationPlan,
  name: string,
): Promise<CaseResult> {
  const property = propertiesOf(input).find((one) => one.name === name);
  if (property === undefined) throw new RangeError(`Unknown property "${name}".`);
  return runProperty(state, input, property, 30);
}
