import { integer, nat, oneof, string, tuple } from "fast-check";
import type { Arbitrary } from "fast-check";
import { isWellFormed } from "./absent-value.ts";
import type { CaseDraft } from "./case-writer.ts";
import type { Family } from "./contract-case.ts";
import { malformedExpectation } from "./path-cases.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, narrowestParameter } from "./plan-input.ts";

/** A property of the provider: for every value, the case that is made of it violates nothing. */
export interface Property {
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
export function propertiesOf(input: PlanInput): readonly Property[] {
  const { credential, key, other } = input;
  const resource = narrowestParameter(input);
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
          input,
          resource,
          "path/malformed-accepted",
          isWellFormed(input, resource, value),
          [422, ...(leaves ? [301, 302, 307, 308, 401, 403, 405] : [])],
        ),
      };
    },
  };
}
