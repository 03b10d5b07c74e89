import type { Credential } from "@qontext/sync-log-document";
import { absentValue } from "./absent-value.ts";
import type { RequestVariation } from "./build-request.ts";
import { credentialValue } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, known, writeCases } from "./case-writer.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import { keyVariants } from "./key-variants.ts";
import type { ParameterValues, PlanInput } from "./plan-input.ts";
import { firstTarget, isDocumented, resourceParameter } from "./plan-input.ts";

/** Credentials that are missing, wrong, nearly right, or in the wrong place. */
export function authCases(input: PlanInput): readonly ContractCase[] {
  const { credential, key } = input;
  if (credential === undefined || key === undefined) return [];
  const drafts = [
    ...wrongKeyDrafts(input, key),
    ...wrongPlaceDrafts(input, credential, key),
    ...headerDrafts(input, credential, key),
    ...orderDrafts(input, key),
  ];
  return writeCases(input, "auth", drafts);
}

/** Which statuses refuse a credential. Where the document has 401, a missing credential gets only that. */
function refusal(input: PlanInput, whenServed: string): Expectation {
  const others = [403, 404].filter((status) => isDocumented(input, status));
  const isMissing =
    whenServed === "auth/missing-key-accepted" || whenServed === "auth/empty-key-accepted";
  const statuses = isMissing && isDocumented(input, 401) ? [401] : [401, ...others];
  return { statuses, whenServed, otherwise: "auth/unauthenticated-status" };
}

function wrongKeyDrafts(input: PlanInput, key: string): readonly CaseDraft[] {
  const variants = keyVariants(key, input.seed);
  const rows: readonly (readonly [
    name: string,
    key: string | undefined,
    whenServed: string,
    purpose: string,
  ])[] = [
    ["missing-key", undefined, "auth/missing-key-accepted", "A request without a key gets 401."],
    ["empty-key", "", "auth/empty-key-accepted", "An empty key counts as no key."],
    [
      "wrong-key",
      variants.wrong,
      "auth/wrong-key-accepted",
      "A key that was never issued is refused.",
    ],
    [
      "key-prefix",
      variants.prefix,
      "auth/key-prefix-accepted",
      "The key without its last character is refused.",
    ],
    [
      "key-suffix",
      variants.suffix,
      "auth/key-suffix-accepted",
      "The key without its first character is refused.",
    ],
    [
      "key-extended",
      variants.extended,
      "auth/key-extended-accepted",
      "The key with an extra character is refused.",
    ],
    [
      "key-other-case",
      variants.otherCase,
      "auth/key-case-ignored",
      "The key in a different letter case is refused.",
    ],
  ];
  return rows
    .filter(([, sent]) => sent !== key && (sent === undefined || sent === "" || sent.length > 3))
    .map(([name, sent, whenServed, purpose]) => ({
      name,
      purpose,
      vary: { key: sent },
      expect: refusal(input, whenServed),
    }));
}

function wrongPlaceDrafts(
  input: PlanInput,
  credential: Credential,
  key: string,
): readonly CaseDraft[] {
  const encoded = encodeURIComponent(key);
  const rows: (readonly [name: string, whenServed: string, vary: RequestVariation])[] = [];
  const name = credential.type === "apiKey" ? credential.parameter : "access_token";
  if (credential.in !== "query") {
    const names = new Set([name, "api_key", "apiKey", "key", "access_token"]);
    const rawQuery = [...names].map((one) => `${encodeURIComponent(one)}=${encoded}`).join("&");
    rows.push(["key-in-query", "auth/key-in-query-accepted", { rawQuery }]);
  }
  if (credential.in !== "cookie")
    rows.push([
      "key-in-cookie",
      "auth/key-in-cookie-accepted",
      { headers: [["Cookie", `${name}=${key}; api_key=${key}`]] },
    ]);
  if (credential.scheme !== "bearer")
    rows.push([
      "bearer",
      "auth/bearer-accepted",
      { headers: [["Authorization", `Bearer ${key}`]] },
    ]);
  if (credential.scheme !== "basic")
    rows.push([
      "basic",
      "auth/basic-accepted",
      { headers: [["Authorization", credentialValue("basic", key)]] },
    ]);
  return rows.map(([caseName, whenServed, vary]) => ({
    name: caseName,
    purpose: "The correct key in an undocumented place is ignored.",
    vary: { key: undefined, ...vary },
    expect: refusal(input, whenServed),
  }));
}

function headerDrafts(input: PlanInput, credential: Credential, key: string): readonly CaseDraft[] {
  if (credential.in !== "header") return [];
  const right = credentialValue(credential.scheme, key);
  const wrong = credentialValue(credential.scheme, keyVariants(key, input.seed).wrong);
  const name = credential.parameter;
  const eitherWay: Expectation = {
    statuses: ["2XX", 400, 401, 403],
    otherwise: "auth/duplicate-key-status",
  };
  const twice = (caseName: string, first: string, second: string, purpose: string): CaseDraft => ({
    name: caseName,
    purpose,
    vary: {
      key: undefined,
      headers: [
        [name, first],
        [name, second],
      ],
    },
    expect: eitherWay,
  });
  return [
    {
      name: "lower-case-header",
      purpose: "The name of the header is not case-sensitive.",
      vary: { key: undefined, headers: [[name.toLowerCase(), right]] },
      expect: { ...known, otherwise: "auth/lower-case-header-refused" },
      readsAsOwner: true,
    },
    twice("key-twice", right, right, "The key sent twice causes no error."),
    twice(
      "right-then-wrong-key",
      right,
      wrong,
      "A wrong key together with the right one causes no error.",
    ),
    {
      ...twice(
        "wrong-then-right-key",
        wrong,
        right,
        "One correct key among several is not enough.",
      ),
      comparedWith: caseId(input, "auth", "right-then-wrong-key"),
    },
  ];
}

/** The credential is checked first, so that an unauthenticated caller learns nothing. */
function orderDrafts(input: PlanInput, key: string): readonly CaseDraft[] {
  const resource = resourceParameter(input);
  if (resource === undefined) return [];
  const target = firstTarget(input);
  const { wrong } = keyVariants(key, input.seed);
  const absent = absentValue(input, resource, target[resource] ?? "", "absent for strangers");
  const others: readonly { readonly name: string; readonly parameters: ParameterValues }[] = [
    { name: "malformed-id", parameters: { ...target, [resource]: "not-an-id" } },
    ...(absent === undefined
      ? []
      : [{ name: "absent-id", parameters: { ...target, [resource]: absent } }]),
  ];
  return others.flatMap(({ name, parameters }) =>
    (["missing-key", "wrong-key"] as const)
      .slice(0, name === "absent-id" ? 1 : 2)
      .map((how): CaseDraft => {
        const expect = refusal(input, `auth/${how}-accepted`);
        const statuses = expect.statuses.filter((status) => status !== 404);
        return {
          name: `${how}-${name}`,
          purpose: "A request without a valid key gets 401, whatever the id.",
          parameters,
          vary: { key: how === "missing-key" ? undefined : wrong },
          expect: {
            ...expect,
            statuses,
            whenStatus: { 400: "auth/400-before-401", 404: "auth/404-before-401" },
          },
          comparedWith: caseId(input, "auth", how),
        };
      }),
  );
}
