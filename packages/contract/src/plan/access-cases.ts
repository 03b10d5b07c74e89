import { tool } from "../face.ts";
import { absentTarget } from "./absent-value.ts";
import type { RequestVariation } from "./build-request.ts";
import { buildRequest } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, denied, refusal, writeCase, writeCases } from "./case-writer.ts";
import type { CaseSeries, Expectation, Family, PlannedCase } from "./contract-case.ts";
import { keyVariants } from "./key-variants.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import {
  firstTarget,
  foreignTarget,
  isCollection,
  narrowestParameter,
  ownerParameter,
  resourceParameter,
} from "./plan-input.ts";
import { headerValue } from "../wire/wire-request.ts";

/** The kinds of resources that a caller without access must not tell apart. */
export const sides = { exists: "exists", absent: "does not exist" } as const;

/** A caller who must not learn whether a resource exists. */
interface Stranger {
  readonly family: Family;
  readonly name: string;
  readonly purpose: string;
  readonly vary?: RequestVariation;
  readonly exists: ParameterValues;
  /** Two that do not exist, so that what is derived from an id is known to differ from id to id. */
  readonly absent: readonly [ParameterValues, ParameterValues];
  readonly expect: Expectation;
  readonly whenToldApart: string;
  readonly impliedBy?: string | undefined;
}

/** Two rounds show a difference; ten tell one in time from noise. */
const rounds = { planned: 2, confirming: 10 } as const;

function toldApartSeries(input: PlanInput, stranger: Stranger): CaseSeries {
  const { family, name, purpose, vary = {}, exists, absent, expect, whenToldApart } = stranger;
  const { impliedBy } = stranger;
  const scope = vary.method === undefined ? "operation" : "http";
  const step = (
    side: string,
    parameters: ParameterValues,
  ): CaseSeries["rounds"][number][number] => ({
    ...writeCase(input, family, { name, purpose, vary, parameters, expect, scope, impliedBy }),
    side,
  });
  const all = Array.from({ length: rounds.confirming }, (_none, index) => {
    const pair = [
      step(sides.exists, exists),
      step(sides.absent, absent[index % 2 === 0 ? 0 : 1]),
    ] as const;
    // In the order of Thue and Morse, so that a side is not always served by the same one of several servers.
    const ones = index.toString(2).replaceAll("0", "").length;
    return ones % 2 === 0 ? pair : pair.toReversed();
  });
  return {
    id: caseId(input, family, name),
    family,
    operationId: input.operation.id,
    purpose,
    manner: "in turn",
    rounds: all,
    plannedRounds: rounds.planned,
    whenToldApart,
  };
}

/** The access matrix: two tenants, their resources and their keys, and callers without one, by each method. */
export function accessCases(input: PlanInput): readonly PlannedCase[] {
  // Without a credential, resources have no owner.
  if (input.credential === undefined || input.key === undefined) return absentOwnerCases(input);
  return [
    ...otherTenantCases(input),
    ...absentOwnerCases(input),
    ...foreignSeries(input),
    ...strangerSeries(input, input.key),
    ...strangerConditions(input, input.key),
  ];
}

function absentOwnerCases(input: PlanInput): readonly PlannedCase[] {
  const nobodys = absentTarget(input, ownerParameter(input), "nobody");
  if (input.credential === undefined || nobodys === undefined) return [];
  const draft: CaseDraft = {
    name: "absent-owner",
    purpose: "A resource is not served under an owner that it does not have.",
    parameters: nobodys,
    expect: denied(input, "access/owner-ignored"),
  };
  return writeCases(input, "access", [
    draft,
    {
      ...draft,
      name: "absent-owner-head",
      vary: { method: "HEAD" },
      scope: "http",
      expect: byMethod(draft.expect),
      impliedBy: plainCase(input, draft.name),
    },
  ]);
}

/** The plain request beside one by another method: that of a collection may be answered with an empty list, which HEAD does not show. */
function plainCase(input: PlanInput, name: string): string | undefined {
  return isCollection(input) ? caseId(input, "access", name) : undefined;
}

/** What the other tenant's key opens, and what not. */
function otherTenantCases(input: PlanInput): readonly PlannedCase[] {
  const { key } = input.other;
  const theirs = foreignTarget(input, "all");
  if (key === undefined) return [];
  const drafts: CaseDraft[] = [];
  // The other tenant reads its own first: what it sees must not appear anywhere else.
  if (theirs !== undefined) {
    drafts.push({
      name: "other-owner",
      purpose: "The other tenant is served its own resource.",
      parameters: theirs,
      vary: { key },
      caller: "other",
      expect: { statuses: ["2XX"], otherwise: "access/other-owner-refused" },
      readsAsOwner: true,
    });
  }
  const purpose =
    "The other tenant's key does not open the resource, not even just after its owner read it.";
  const expect = denied(input, "access/other-key-served");
  const impliedBy = plainCase(input, "other-key-own-resource");
  drafts.push(
    { name: "other-key-own-resource", purpose, vary: { key }, caller: "other", expect },
    {
      name: "other-key-head",
      purpose,
      vary: { key, method: "HEAD" },
      caller: "other",
      scope: "http",
      expect: byMethod(expect),
      impliedBy,
    },
    {
      name: "other-key-condition",
      purpose,
      ...withTag(input, key),
      caller: "other",
      expect,
      impliedBy,
    },
  );
  return writeCases(input, "access", drafts);
}

/** The expectation of a request that the service may not offer: 405 and 501 are right, too. */
function byMethod(expect: Expectation | undefined): Expectation {
  const { statuses = [], ...rest } = expect ?? { otherwise: "method/status" };
  return { ...rest, statuses: [...statuses, 400, 405, 501] };
}

/** A request with the tag that the owner has just got, or with `*` where the service has none (RFC 9110, section 13.1.2). */
function withTag(input: PlanInput, key: string | undefined): Pick<CaseDraft, "request"> {
  return {
    request: (latestResponse) => {
      const known = latestResponse(caseId(input, "read", "known-1"));
      const tag = headerValue(known?.headers ?? [], "etag") ?? "*";
      return buildRequest(input, firstTarget(input), { key, headers: [["If-None-Match", tag]] });
    },
  };
}

/** Two targets in which the given parameters name nothing. */
function absentTargets(
  input: PlanInput,
  parameters: readonly (string | undefined)[],
): Stranger["absent"] | undefined {
  const made = ["first", "second"].map((label) => {
    let target: ParameterValues | undefined = firstTarget(input);
    for (const parameter of parameters) {
      const absent = absentTarget(input, parameter, `${label} absent`);
      const value = parameter === undefined ? undefined : absent?.[parameter];
      if (parameter === undefined) continue;
      target =
        value === undefined || target === undefined ? undefined : { ...target, [parameter]: value };
    }
    return target;
  });
  const [first, second] = made;
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** What the caller's own key may not tell about another tenant. */
function foreignSeries(input: PlanInput): readonly CaseSeries[] {
  const [owner, resource] = [ownerParameter(input), resourceParameter(input)];
  if (owner === undefined) return [];
  const rows = [
    ["resource", "foreign-resource", [resource], "access/foreign-resource"],
    ["owner", "foreign-owner", [owner], "access/foreign-owner"],
    ["all", "foreign-owner-and-resource", [owner, resource], "access/foreign-owner"],
  ] as const;
  const methods: readonly (readonly [suffix: string, family: Family, vary: RequestVariation])[] = [
    ["", "access", {}],
    ["-head", "access", { method: "HEAD" }],
    ["-options", "options", { method: "OPTIONS" }],
    ["-condition", "access", { headers: [["If-None-Match", "*"]] }],
  ];
  return rows.flatMap(([what, name, parameters, check]) => {
    const exists = foreignTarget(input, what);
    const absent = absentTargets(input, parameters);
    if (exists === undefined || absent === undefined) return [];
    if (what === "all" && resource === undefined) return [];
    const expect = denied(input, `${check}-served`);
    return methods
      .filter(([suffix]) => what !== "all" || suffix === "")
      .map(([suffix, family, vary]) =>
        toldApartSeries(input, {
          family,
          name: `${name}${suffix}`,
          purpose: `${vary.method ?? "GET"}: what belongs to another tenant gets the same response as what does not exist.`,
          vary,
          exists,
          absent,
          expect: forMethod(expect, vary.method),
          whenToldApart: `${check}-distinguishable`,
          impliedBy: suffix === "" ? undefined : plainCase(input, name),
        }),
      );
  });
}

function forMethod(expect: Expectation, method: string | undefined): Expectation {
  if (method === undefined) return expect;
  if (method === "HEAD") return byMethod(expect);
  // What OPTIONS tells about methods is no secret.
  return { statuses: ["2XX", "4XX", 501], otherwise: "method/status" };
}

/** Conditions and ranges, which hold for a resource whether or not the caller may read it. */
function strangerConditions(input: PlanInput, key: string): readonly PlannedCase[] {
  const { wrong } = keyVariants(key, input.seed);
  const purpose = "Without a valid key a condition gets 401, not 304, 206 or 412.";
  const missing = refusal(input, "auth/missing-key-accepted");
  const unchanged = ["If-Modified-Since", new Date().toUTCString()] as const;
  const rows: readonly (readonly [name: string, header: readonly [string, string]])[] = [
    ["unchanged", unchanged],
    ["range", ["Range", "bytes=0-9"]],
    ["if-match", ["If-Match", `"${tool.name}"`]],
  ];
  return writeCases(input, "access", [
    { name: "without-key-tag", purpose, ...withTag(input, undefined), expect: missing },
    {
      name: "wrong-key-tag",
      purpose,
      ...withTag(input, wrong),
      expect: refusal(input, "auth/wrong-key-accepted"),
    },
    ...rows.map(([name, header]) => ({
      name: `without-key-${name}`,
      purpose,
      vary: { key: undefined, headers: [header] },
      expect: missing,
    })),
  ]);
}

/** What a caller without a valid key may not tell about anything. */
function strangerSeries(input: PlanInput, key: string): readonly CaseSeries[] {
  const owner = ownerParameter(input);
  const resource = narrowestParameter(input);
  const { wrong } = keyVariants(key, input.seed);
  const rows: readonly (readonly [
    name: string,
    family: Family,
    whenServed: string,
    vary: RequestVariation,
    parameter?: string | undefined,
  ])[] = [
    ["without-key", "access", "auth/missing-key-accepted", { key: undefined }],
    ["wrong-key", "access", "auth/wrong-key-accepted", { key: wrong }],
    ...(owner === undefined || owner === resource
      ? []
      : [["wrong-key-owner", "access", "auth/wrong-key-accepted", { key: wrong }, owner] as const]),
    ["without-key-head", "access", "auth/missing-key-accepted", { key: undefined, method: "HEAD" }],
    ["wrong-key-head", "access", "auth/wrong-key-accepted", { key: wrong, method: "HEAD" }],
    ["without-key", "options", "", { key: undefined, method: "OPTIONS" }],
    [
      "without-key-condition",
      "access",
      "auth/missing-key-accepted",
      { key: undefined, headers: [["If-None-Match", "*"]] },
    ],
  ];
  return rows.flatMap(([name, family, whenServed, vary, parameter = resource]) => {
    const absent = absentTargets(input, [parameter]);
    if (absent === undefined) return [];
    return toldApartSeries(input, {
      family,
      name,
      purpose: `${vary.method ?? "GET"}: without a valid key, what exists gets the same response as what does not.`,
      vary,
      exists: firstTarget(input),
      absent,
      expect: forMethod(refusal(input, whenServed), vary.method),
      whenToldApart: "auth/existence-revealed",
    });
  });
}
