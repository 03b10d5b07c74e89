import { Buffer } from "node:buffer";
import type { Credential } from "@qontext/sync-log-document";
import { absentTarget } from "./absent-value.ts";
import { bypassDrafts } from "./bypass-drafts.ts";
import type { RequestVariation } from "./build-request.ts";
import { credentialValue } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, reading, refusal, writeCases } from "./case-writer.ts";
import type { ContractCase } from "./contract-case.ts";
import { keyVariants } from "./key-variants.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, narrowestParameter } from "./plan-input.ts";

/** Credentials that are missing, wrong, nearly right, or in the wrong place. */
export function authCases(input: PlanInput): readonly ContractCase[] {
  const { credential, key } = input;
  if (credential === undefined || key === undefined) return [];
  const drafts = [
    ...wrongKeyDrafts(input, key),
    ...impliedBy(input, "wrong-key", guessedKeyDrafts(input, key)),
    ...impliedBy(input, "missing-key", wrongPlaceDrafts(input, credential, key)),
    ...keyFormDrafts(input, credential, key),
    ...impliedBy(input, "missing-key", bypassDrafts(input)),
    ...headerDrafts(input, credential, key),
    ...orderDrafts(input, key),
  ];
  return writeCases(input, "auth", drafts);
}

/** Says once, of a service that takes any key or none, that it does. */
function impliedBy(
  input: PlanInput,
  cause: string,
  drafts: readonly CaseDraft[],
): readonly CaseDraft[] {
  return drafts.map((draft) => ({ ...draft, impliedBy: caseId(input, "auth", cause) }));
}

function wrongKeyDrafts(input: PlanInput, key: string): readonly CaseDraft[] {
  const variants = keyVariants(key, input.seed);
  const rows: readonly (readonly [name: string, sent: string | undefined, purpose: string])[] = [
    ["missing-key", undefined, "A request without a key gets 401."],
    ["empty-key", "", "An empty key counts as no key."],
    ["wrong-key", variants.wrong, "A key that was never issued is refused."],
    ["key-prefix", variants.prefix, "The key without its last character is refused."],
    ["key-suffix", variants.suffix, "The key without its first character is refused."],
    ["key-extended", variants.extended, "The key with an extra character is refused."],
    ["key-other-case", variants.otherCase, "The key in a different letter case is refused."],
  ];
  return rows
    .filter(([, sent]) => sent !== key && (sent === undefined || sent === "" || sent.length > 3))
    .map(([name, sent, purpose]) => {
      const whenServed =
        name === "key-other-case" ? "auth/key-case-ignored" : `auth/${name}-accepted`;
      const isAnyKey = sent !== undefined && sent !== "" && name !== "wrong-key";
      return {
        name,
        purpose,
        vary: { key: sent },
        expect: refusal(input, whenServed),
        ...(isAnyKey && { impliedBy: caseId(input, "auth", "wrong-key") }),
      };
    });
}

/** Texts that a lookup of keys may take for one: a member of every object, no value at all, a query, a pattern. */
function guessedKeyDrafts(input: PlanInput, key: string): readonly CaseDraft[] {
  const rows = [
    ["key-of-every-object", "constructor"],
    ["key-undefined", "undefined"],
    ["key-as-query", "' OR '1'='1"],
    ["key-as-pattern", "*"],
  ] as const;
  return rows
    .filter(([, sent]) => sent !== key)
    .map(([name, sent]) => ({
      name,
      purpose: "A key that is a text with a meaning elsewhere is a wrong key.",
      vary: { key: sent },
      expect: refusal(input, "auth/wrong-key-accepted"),
    }));
}

function wrongPlaceDrafts(
  input: PlanInput,
  credential: Credential,
  key: string,
): readonly CaseDraft[] {
  const { in: place, scheme, type } = credential;
  const name = type === "apiKey" ? credential.parameter : "access_token";
  const names = new Set([name, "api_key", "apiKey", "key", "access_token"]);
  const encoded = encodeURIComponent(key);
  const rawQuery = [...names].map((one) => `${encodeURIComponent(one)}=${encoded}`).join("&");
  const otherNames = ["Api-Key", "X-Auth-Token", "X-Access-Token", name.replaceAll("-", "_")];
  const otherHeaders = otherNames
    .filter((one) => one.toLowerCase() !== name.toLowerCase())
    .map((one) => [one, key] as const);
  const rows: readonly (readonly [name: string, isWrong: boolean, vary: RequestVariation])[] = [
    ["key-in-other-header", true, { headers: otherHeaders }],
    ["key-in-query", place !== "query", { rawQuery }],
    ["key-in-cookie", place !== "cookie", withHeader("Cookie", `${name}=${key}; api_key=${key}`)],
    ["bearer", scheme !== "bearer", withHeader("Authorization", credentialValue("bearer", key))],
    ["basic", scheme !== "basic", withHeader("Authorization", credentialValue("basic", key))],
  ];
  return rows
    .filter(([, isWrong]) => isWrong)
    .map(([caseName, , vary]) => ({
      name: caseName,
      purpose: "The correct key in an undocumented place is ignored.",
      vary: { key: undefined, ...vary },
      expect: refusal(input, `auth/${caseName}-accepted`),
    }));
}

/** The key in forms that a service has to take for another key, however much it would like to help. */
function keyFormDrafts(
  input: PlanInput,
  credential: Credential,
  key: string,
): readonly CaseDraft[] {
  const { in: place, scheme, type, parameter } = credential;
  if (place !== "header") return [];
  const { otherCasePart, otherCasePrefix, percentEncoded } = keyVariants(key, input.seed);
  const [head, tail] = [key.slice(0, -1), key.slice(-1)];
  const form = (name: string, sent: string, check = "auth/key-normalized-accepted"): CaseDraft => ({
    name,
    purpose: "The key is compared as it is, not as it could have been meant.",
    vary: { key: sent },
    expect: refusal(input, check),
  });
  const inHeader = (name: string, header: string, value: string): CaseDraft => ({
    name,
    purpose: "The key under another scheme is refused.",
    vary: withHeader(header, value),
    expect: refusal(input, "auth/other-scheme-accepted"),
  });
  const forms: CaseDraft[] = [
    form("key-percent-encoded", percentEncoded),
    form("key-quoted", `"${key}"`),
    form("key-quoted-singly", `'${key}'`),
    form("key-in-brackets", `<${key}>`),
    form("key-with-comma", `${key},`),
    form("key-with-semicolon", `${key};`),
    form("key-with-blank", `${head} ${tail}`),
    form("key-with-tab", `${head}\t${tail}`),
    form("key-with-plus", `${key}+`),
    form("key-in-base64", Buffer.from(key).toString("base64")),
    form("key-with-other-case-part", otherCasePart, "auth/key-case-ignored"),
    form("key-with-other-case-prefix", otherCasePrefix, "auth/key-case-ignored"),
  ];
  const bare = type === "apiKey" && scheme === undefined;
  const schemes: CaseDraft[] = bare
    ? [
        ...impliedBy(input, "wrong-key", [
          inHeader("scheme-in-key-header", parameter, `Bearer ${key}`),
          inHeader("api-key-scheme-in-key-header", parameter, `ApiKey ${key}`),
        ]),
        ...impliedBy(input, "missing-key", [inHeader("authorization-bare", "Authorization", key)]),
      ]
    : [];
  return [
    ...impliedBy(
      input,
      "wrong-key",
      forms.filter(({ vary }) => vary?.key !== key),
    ),
    ...schemes,
    ...impliedBy(input, parameter.toLowerCase() === "authorization" ? "wrong-key" : "missing-key", [
      inHeader("api-key-scheme", "Authorization", `ApiKey ${key}`),
      inHeader("token-scheme", "Authorization", `Token ${key}`),
      inHeader("basic-password", "Authorization", credentialValue("basic", `api:${key}`)),
    ]),
    ...impliedBy(input, "missing-key", [
      inHeader("proxy-authorization", "Proxy-Authorization", `Bearer ${key}`),
    ]),
  ];
}

/** A request with a header in each of these values instead of the key. */
function withHeader(name: string, ...values: readonly string[]): RequestVariation {
  return { key: undefined, headers: values.map((value) => [name, value]) };
}

function headerDrafts(input: PlanInput, credential: Credential, key: string): readonly CaseDraft[] {
  if (credential.in !== "header") return [];
  const right = credentialValue(credential.scheme, key);
  const wrong = credentialValue(credential.scheme, keyVariants(key, input.seed).wrong);
  const name = credential.parameter;
  const lowerCase = reading("lower-case-header", "The name of the header is not case-sensitive.");
  const twice = (caseName: string, values: readonly string[], purpose: string): CaseDraft => ({
    name: caseName,
    purpose,
    vary: withHeader(name, ...values),
    expect: { statuses: ["2XX", 400, 401, 403], otherwise: "auth/duplicate-key-status" },
  });
  return [
    {
      ...lowerCase,
      vary: withHeader(name.toLowerCase(), right),
      expect: { statuses: ["2XX"], otherwise: "auth/lower-case-header-refused" },
    },
    twice("key-twice", [right, right], "The key sent twice causes no error."),
    twice(
      "right-then-wrong-key",
      [right, wrong],
      "A wrong key together with the right one causes no error.",
    ),
    {
      ...twice(
        "wrong-then-right-key",
        [wrong, right],
        "One correct key among several is not enough.",
      ),
      comparedWith: caseId(input, "auth", "right-then-wrong-key"),
      impliedBy: caseId(input, "auth", "wrong-key"),
    },
  ];
}

/** The credential is checked first, so that an unauthenticated caller learns nothing. */
function orderDrafts(input: PlanInput, key: string): readonly CaseDraft[] {
  const resource = narrowestParameter(input);
  if (resource === undefined) return [];
  const malformed = { ...firstTarget(input), [resource]: "not-an-id" };
  const absent = absentTarget(input, resource, "absent for strangers");
  const rows = [
    ["missing-key", "malformed-id", malformed],
    ["wrong-key", "malformed-id", malformed],
    ...(absent === undefined ? [] : [["missing-key", "absent-id", absent] as const]),
  ] as const;
  return rows.map(([how, id, parameters]) => {
    const expect = refusal(input, `auth/${how}-accepted`);
    return {
      name: `${how}-${id}`,
      purpose: "A request without a valid key gets 401, whatever the id.",
      parameters,
      vary: { key: how === "missing-key" ? undefined : keyVariants(key, input.seed).wrong },
      expect: {
        ...expect,
        statuses: expect.statuses.filter((status) => status !== 404),
        whenStatus: { 400: "auth/400-before-401", 404: "auth/404-before-401" },
      },
      comparedWith: caseId(input, "auth", how),
      impliedBy: caseId(input, "auth", how),
    };
  });
}
