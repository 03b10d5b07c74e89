export type { DocumentErrorCode, DocumentErrorDetails, SourcePlace } from "./document-error.ts";
export type { Direction } from "./directions.ts";
export { reachedBy } from "./directions.ts";
export { DocumentError } from "./document-error.ts";
export type { JsonObject } from "./json.ts";
export { isJsonMediaType, isJsonObject, objectMembers } from "./json.ts";
export type { JsonPointer } from "./json-pointer.ts";
export { appendPointer, canonicalPointer, pointerTokens, valueAt } from "./json-pointer.ts";
export { splitPointer } from "./split-pointer.ts";
export type { LoadDocumentOptions } from "./load-document.ts";
export { loadDocument } from "./load-document.ts";
export type { MatchPathOptions, PathMatch, PathMatcher } from "./create-path-matcher.ts";
export { createPathMatcher, fillTemplate, templateParameters } from "./create-path-matcher.ts";
export type { AddressableDocument, Resolved } from "./addressable-document.ts";
export type { OpenApiDocument } from "./open-document.ts";
export { assertReferences, openDocument } from "./open-document.ts";
export type {
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  ParameterPlace,
  RequestBody,
} from "./operation.ts";
export {
  jsonContent,
  parameterStyle,
  readContent,
  readPathItem,
  readWebhooks,
  responseFor,
  successResponses,
} from "./operation.ts";
export type { OperationFault } from "./operation-faults.ts";
export { operationFaults } from "./operation-faults.ts";
export type { NamedExample } from "./read-examples.ts";
export { readExamples } from "./read-examples.ts";
export { mergeReferences, readProperties, schemaAt } from "./read-properties.ts";
export type { RuleBook } from "./rules/collect-rules.ts";
export { collectRules } from "./rules/collect-rules.ts";
export { compileInvariants } from "./rules/compile-invariants.ts";
export { describeValues } from "./rules/describe-values.ts";
export type { Assumption } from "./rules/extensions.ts";
export {
  extensionErrors,
  extensionNames,
  readAssumptions,
  readInvariants,
  readLifecycle,
} from "./rules/extensions.ts";
export type {
  CompiledInvariant,
  CompiledInvariants,
  Invariant,
  InvariantReport,
  InvariantViolation,
  RuleBindings,
  Severity,
} from "./rules/invariant.ts";
export type { Lifecycle } from "./rules/lifecycle.ts";
export {
  canFollow,
  isTerminalStatus,
  LifecycleError,
  nextStatuses,
  pathTo,
  statusesOf,
} from "./rules/lifecycle.ts";
export type {
  OldMember,
  ResponseReport,
  ResponseRules,
  ResponseViolation,
} from "./rules/response-rules.ts";
export type { RuleCompileErrorCode } from "./rules/rule-compile-error.ts";
export { RuleCompileError } from "./rules/rule-compile-error.ts";
export type { FieldReference, TextComparison } from "./rules/rule-references.ts";
export { formatReference } from "./rules/rule-references.ts";
export type { Collection } from "./rules/find-collections.ts";
export { isSameInstant } from "./rules/instant.ts";
export { findCollections, repeatedParameters } from "./rules/find-collections.ts";
export type { RuleSite } from "./rules/rule-sites.ts";
export type { SiteStep } from "./rules/schema-parts.ts";
export { eachItem, eachMember, schemasAt } from "./rules/schema-parts.ts";
export { isUnicodePattern, matchesPattern } from "./schemas/ecma-script-pattern.ts";
export type { FormatCheck } from "./schemas/formats.ts";
export { formatCheck } from "./schemas/formats.ts";
export type { SchemaDialect } from "./schemas/schema-dialect.ts";
export { schemaDialect } from "./schemas/schema-dialect.ts";
export {
  annotationKeywords,
  assertionKeywords,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from "./schemas/schema-keywords.ts";
export type {
  SchemaError,
  SchemaRegistry,
  SchemaRegistryOptions,
} from "./schemas/schema-registry.ts";
export { createSchemaRegistry, schemaOptions } from "./schemas/schema-registry.ts";
export type { ConversionOptions, JsonSchema, SchemaNote } from "./schemas/to-json-schema.ts";
export { isLeftOut, toJsonSchema } from "./schemas/to-json-schema.ts";
export type { Credential, SecurityAlternative, SecurityRequirement } from "./security.ts";
export type { DocumentNode, HttpMethod, Located, NodeKind } from "./walk-document.ts";
export { childrenOf, componentsOf, isHttpMethod, walkDocument } from "./walk-document.ts";
export { TimeLimitError, withinTime } from "./within-time.ts";
