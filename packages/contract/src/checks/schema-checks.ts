import { valueAt } from "@qontext/sync-log-document";
import { schemaKeywords } from "../exercised/schema-keywords.ts";
import type { Subject } from "../run/subject.ts";
import type { Specification } from "../specification.ts";
import { keywordsOf, undocumentedProperties } from "../exercised/visit-schema.ts";
import type { Check, Finding } from "./check.ts";
import { excerpt, ofResponse } from "./check.ts";
import { isErrorStatus } from "../wire/exchange.ts";

/** What each keyword asserts. A keyword that is not here is reported by `schema/other`. */
const assertions: Readonly<Record<string, string>> = {
  type: "Every value has the type that the schema gives it.",
  required: "Every required property is present.",
  enum: "A value is one that the schema lists.",
  const: "A constant has its value.",
  format: "A text has the format that the schema gives it; date-time as RFC 3339 writes it.",
  pattern: "A text matches the pattern that the schema gives it.",
  minimum: "A number is not below its minimum.",
  maximum: "A number is not above its maximum.",
  exclusiveMinimum: "A number is above its exclusive minimum.",
  exclusiveMaximum: "A number is below its exclusive maximum.",
  multipleOf: "A number is a multiple of what the schema says.",
  minLength: "A text is not shorter than the schema allows.",
  maxLength: "A text is not longer than the schema allows.",
  minItems: "A list has no fewer items than the schema allows.",
  maxItems: "A list has no more items than the schema allows.",
  uniqueItems: "No item of a list occurs twice where the schema forbids it.",
  contains: "A list contains what the schema asks for.",
  minProperties: "An object has no fewer properties than the schema allows.",
  maxProperties: "An object has no more properties than the schema allows.",
  propertyNames: "The names of properties are those that the schema allows.",
  additionalProperties: "An object that the schema closes has no further properties.",
  unevaluatedProperties:
    "An object that the schema closes has no properties that no part of it describes.",
  unevaluatedItems: "A list that the schema closes has no items that no part of it describes.",
  dependentRequired: "A property occurs together with the ones that it requires.",
  oneOf: "A value is valid against exactly one of the alternatives.",
  anyOf: "A value is valid against at least one of the alternatives.",
  not: "A value is not what the schema excludes.",
  if: "A value meets the condition of the schema.",
};

const combinators = new Set(["oneOf", "anyOf", "if"]);

function keywordCheck(
  name: string,
  asserts: string,
  isMeant = (keyword: string): boolean => keyword === name,
): Check {
  return {
    id: `schema/${name}`,
    asserts,
    why: "Clients are generated from the schema and rely on it.",
    fix: "Send what the schema says, or change the schema if the service is right.",
    judge: (subject) => findingsOf(subject, isMeant),
  };
}

function findingsOf(
  { schemaErrors, json, visits }: Subject,
  isMeant: (keyword: string) => boolean,
): readonly Finding[] | undefined {
  if (schemaErrors === undefined) return undefined;
  const errors = schemaErrors.filter((error) => isMeant(error.keyword));
  if (errors.length === 0) {
    return [...keywordsOf(visits)].some(isMeant) ? [] : undefined;
  }
  // That no branch of a oneOf fits says more than the errors within the branches.
  const hides = new Set(
    schemaErrors.filter((error) => combinators.has(error.keyword)).map((error) => error.pointer),
  );
  return errors
    .filter((error) => combinators.has(error.keyword) || !hides.has(error.pointer))
    .map((error) => {
      const actual =
        error.keyword === "required"
          ? "no such property"
          : excerpt(valueAt(json?.value, error.pointer));
      return { pointer: error.pointer, expected: error.expected, actual };
    });
}

const undocumentedProperty: Check = {
  id: "schema/undocumented-property",
  asserts: "Every property of a body is documented.",
  severity: "warning",
  why: "Clients come to rely on it anyway, and it may be data that should not leave the service.",
  fix: "Document the property, or do not send it. Readers of this API accept unknown ones.",
  judge: ofResponse(({ visits, json, schemaErrors, response }) => {
    if (schemaErrors === undefined) return undefined;
    // Frameworks and gateways add the id of the request to errors, and no client relies on it; the report lists them.
    const severity = isErrorStatus(response.status) ? "note" : "warning";
    return undocumentedProperties(visits).map((pointer) => ({
      pointer,
      expected: "only documented properties",
      actual: excerpt(valueAt(json?.value, pointer)),
      severity,
    }));
  }),
};

/** Checks of bodies against their schemas, one for each keyword that the document's schemas of responses have. */
export function schemaChecks(specification: Specification): readonly Check[] {
  const used = new Set(schemaKeywords(specification).map(({ keyword }) => keyword));
  const own = Object.entries(assertions).filter(([keyword]) => used.has(keyword));
  return [
    ...own.map(([keyword, asserts]) => keywordCheck(keyword, asserts)),
    keywordCheck(
      "other",
      "The body is valid against every other keyword of its schema.",
      (keyword) => !Object.hasOwn(assertions, keyword),
    ),
    undocumentedProperty,
  ];
}
