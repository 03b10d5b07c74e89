/** Keywords whose value is a map of names to schemas: JSON Schema 2020-12, and `definitions` of earlier drafts. */
export const schemaMapKeywords: ReadonlySet<string> = words(
  "properties patternProperties dependentSchemas $defs definitions",
);

/** Keywords whose value is a list of schemas. */
export const schemaListKeywords: ReadonlySet<string> = words("allOf anyOf oneOf prefixItems");

/** Keywords whose value is a schema. */
export const schemaKeywords: ReadonlySet<string> = words(
  "items additionalProperties unevaluatedItems unevaluatedProperties propertyNames contains contentSchema not if then else",
);

/** Keywords that check a value by itself. */
export const assertionKeywords: ReadonlySet<string> = words(
  "type enum const required dependentRequired multipleOf maximum minimum exclusiveMaximum exclusiveMinimum " +
    "maxLength minLength maxItems minItems uniqueItems maxContains minContains maxProperties minProperties",
);

/** Keywords that check nothing, of JSON Schema and of OpenAPI. */
export const annotationKeywords: ReadonlySet<string> = words(
  "title description default example examples deprecated readOnly writeOnly externalDocs xml discriminator " +
    "$comment $schema contentMediaType contentEncoding",
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
