import { readFileSync } from "node:fs";
import type { Plugin, UserContext } from "@redocly/openapi-core";
import { Source } from "@redocly/openapi-core";
import {
  documentDialect,
  errorIsReachable,
  operationHasTag,
  operationIsSound,
} from "./rules/document.ts";
import { exampleObeysInvariants } from "./rules/example-obeys-invariants.ts";
import { everyCaseHasExample, exampleFileIsUsed, exampleFitsSchema } from "./rules/examples.ts";
import {
  extensionShape,
  hasProvenance,
  knownExtension,
  lifecycleFitsEnum,
} from "./rules/extensions.ts";
import {
  invariantCompiles,
  invariantFieldExists,
  invariantIdIsUnique,
  invariantIsReached,
} from "./rules/invariants.ts";
import { enumIsDescribed, propertyIsDescribed, schemaCompiles } from "./rules/schemas.ts";
import type { Finding, SpecModel, SpecRule } from "./spec-model.ts";

const pluginId = "sync-log";

/** What Redocly would fetch, read by other rules, or throw at if it is a circle: checked before Redocly resolves references. */
export const referencesRuleId: string = `${pluginId}/references`;

const rules: Readonly<Record<string, SpecRule>> = {
  "document-dialect": documentDialect,
  "enum-is-described": enumIsDescribed,
  "error-is-reachable": errorIsReachable,
  "every-case-has-example": everyCaseHasExample,
  "example-file-is-used": exampleFileIsUsed,
  "example-fits-schema": exampleFitsSchema,
  "example-obeys-invariants": exampleObeysInvariants,
  "extension-shape": extensionShape,
  "has-provenance": hasProvenance,
  "invariant-compiles": invariantCompiles,
  "invariant-field-exists": invariantFieldExists,
  "invariant-id-is-unique": invariantIdIsUnique,
  "invariant-is-reached": invariantIsReached,
  "known-extension": knownExtension,
  "lifecycle-fits-enum": lifecycleFitsEnum,
  "operation-has-tag": operationHasTag,
  "operation-is-sound": operationIsSound,
  "property-is-described": propertyIsDescribed,
  "schema-compiles": schemaCompiles,
};

/** The ids of the rules of the plugin, as Redocly's configuration names them. */
export const pluginRuleIds: readonly string[] = Object.keys(rules).map((id) => `${pluginId}/${id}`);

/** Runs each rule on the whole document, when Redocly has reached it. */
export function createPlugin(model: SpecModel): Plugin {
  const adapt = (rule: SpecRule) => () => ({
    Root: (_root: unknown, context: UserContext) => {
      const { source } = context.location;
      for (const finding of rule(model)) report(context, source, finding);
    },
  });
  const adapted = Object.entries(rules).map(([id, rule]) => [id, adapt(rule)] as const);
  return { id: pluginId, rules: { oas3: Object.fromEntries(adapted) } };
}

function report(context: UserContext, source: Source, { pointer, file, message }: Finding): void {
  const where = file === undefined ? source : new Source(file, readFileSync(file, "utf8"));
  context.report({ message, location: { source: where, pointer } });
}
