import { array, asyncProperty, check, integer, nat, oneof, tuple } from "fast-check";
import type { Arbitrary } from "fast-check";
import { isWellFormed } from "../plan/absent-value.ts";
import { buildRequest } from "../plan/build-request.ts";
import { caseId, known, writeCases } from "../plan/case-writer.ts";
import type { CaseDraft } from "../plan/case-writer.ts";
import type { ContractCase, Family } from "../plan/contract-case.ts";
import type { PlanInput } from "../plan/plan-input.ts";
import { firstTarget, resourceParameter } from "../plan/plan-input.ts";
import type { CaseResult } from "./case-result.ts";
import type { OperationPlan } from "./prepare-run.ts";
import { isThrottled, outcomeOf, resultOf, send } from "./run-case.ts";
import type { Judgement } from "./runner.ts";
import type { RunState } from "./run-state.ts";
import { maxRequestsOf } from "./run-state.ts";

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
const character: Arbitrary<string> = oneof(
  integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  anyCharacter,
);

function text(unit: Arbitrary<string>, minLength: number, maxLength: number): Arbitrary<string> {
  return array(unit, { minLength, maxLength }).map((characters) => characters.join(""));
}

/** The properties of an operation. */
function propertiesOf(input: PlanInput): readonly Property[] {
  const resource = resourceParameter(input);
  const target = firstTarget(input);
  const printable = text(
    integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    1,
    24,
  );
  const properties: Property[] = [
    {
      name: "query",
      purpose: "Any unknown query parameter changes nothing, or is refused with 400.",
      family: "read",
      values: text(character, 1, 16),
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
      values: printable.map((value) => value.trim()).filter((value) => value !== ""),
      draft: (value) => ({
        vary: { headers: [["Accept", value]] },
        expect: { statuses: ["2XX", 400, 406, 415], otherwise: "accept/status" },
        readsAsOwner: true,
      }),
    },
  ];
  if (resource !== undefined) {
    const knownValue = target[resource] ?? "";
    const mutated = tuple(
      nat({ max: Math.max(0, knownValue.length - 1) }),
      text(character, 0, 2),
    ).map(
      ([index, inserted]) =>
        `${knownValue.slice(0, index)}${inserted}${knownValue.slice(index + 1)}`,
    );
    properties.push({
      name: "path",
      purpose: `Any ${resource} that is not the known one is refused or not found.`,
      family: "path",
      values: oneof(text(character, 1, 40), mutated).filter(
        (value) => value !== knownValue && !/^\.{0,2}$/.test(value),
      ),
      draft: (value) => pathDraft(input, resource, value),
    });
  }
  if (
    input.credential?.in === "header" &&
    input.credential.type === "apiKey" &&
    input.key !== undefined
  ) {
    properties.push({
      name: "key",
      purpose: "Any key that was never issued is refused.",
      family: "auth",
      values: printable
        .map((value) => value.trim())
        .filter((value) => value !== input.key && value !== input.other.key),
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

function pathDraft(
  input: PlanInput,
  resource: string,
  value: string,
): Omit<CaseDraft, "name" | "purpose"> {
  const leaves = /[/\\%\0]|\.\./.test(value);
  const isId = isWellFormed(input, resource, value);
  return {
    parameters: { ...firstTarget(input), [resource]: value },
    vary: { rawSegments: { [resource]: encodeURIComponent(value) } },
    scope: leaves ? "http" : "operation",
    expect: {
      statuses: [
        400,
        404,
        414,
        422,
        ...(leaves ? ([301, 302, 307, 308, 401, 403, 405] as const) : []),
        ...(isId ? (["2XX"] as const) : []),
      ],
      ...(isId ? {} : { whenServed: "path/malformed-accepted" }),
      otherwise: "path/malformed-status",
    },
  };
}

/** Runs each property with its share of the requests that are left; a failing value is shrunk to the smallest that fails. */
export async function randomResults(
  state: RunState,
  { input }: OperationPlan,
): Promise<readonly CaseResult[]> {
  const properties = propertiesOf(input).filter(({ name }) =>
    state.runner.selection.isCaseSent(`random/${name}`),
  );
  const results: CaseResult[] = [];
  for (const [index, property] of properties.entries()) {
    const remaining = Math.floor(
      (maxRequestsOf(state.run) - state.sender.requests) /
        ((properties.length - index) * state.run.plans.length),
    );
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
  const toCase = (value: string): ContractCase => caseOf(input, property, value);
  const summary = toCase("");
  if (share < 1)
    return resultOf(summary, {
      outcome: "skipped",
      reason: "no requests are left for random values",
    });
  const { runner, sender } = state;
  const before = sender.requests;
  let worst: Judgement | undefined;
  let isLimited = false;
  let repeated: Judgement | undefined;
  let last: Judgement | undefined;
  const holds = asyncProperty(property.values, async (value) => {
    // The rest of the budget is for shrinking; beyond it every value passes, so that shrinking ends.
    if (sender.requests - before >= share * 2) return true;
    const contractCase = toCase(value);
    const { request } = contractCase;
    if (typeof request === "function") return true;
    const exchange = await send(sender, request);
    if (isThrottled(exchange, contractCase)) {
      isLimited = true;
      return true;
    }
    const judgement = await runner.judge(input.operation, contractCase, exchange, "plan");
    // What the planned cases have shown is not new, and would hide what is.
    const news = judgement.found.filter(
      (one) => !runner.violations.has(one.check, one.operationId, one.finding),
    );
    last = judgement;
    if (judgement.found.length > news.length) repeated = judgement;
    if (news.length > 0) worst = { ...judgement, found: news };
    else runner.keep({ ...judgement, found: [] });
    return news.length === 0;
  });
  await check(holds, { seed: state.run.seed, numRuns: share });
  const requests = sender.requests - before;
  if (worst === undefined) {
    if (repeated !== undefined) return resultOf(summary, { ...outcomeOf(repeated), requests });
    if (isLimited)
      return resultOf(summary, {
        outcome: "not judged",
        reason: "the provider answers 429",
        requests,
      });
    if (last === undefined)
      return resultOf(summary, { outcome: "not judged", reason: "no value was sent", requests });
    return resultOf(summary, { outcome: "passed", requests });
  }
  runner.keep(worst);
  return resultOf(summary, { ...outcomeOf(worst), requests });
}

function caseOf(input: PlanInput, property: Property, value: string): ContractCase {
  const { name, purpose, family, draft } = property;
  const [written] = writeCases(input, family, [{ name, purpose, ...draft(value) }]);
  const id = caseId(input, "random", name);
  if (written !== undefined) return { ...written, id };
  return {
    id,
    family,
    purpose,
    operationId: input.operation.id,
    request: buildRequest(input, firstTarget(input)),
    parameters: firstTarget(input),
    scope: "operation",
    readsAsOwner: false,
    expect: known,
  };
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
