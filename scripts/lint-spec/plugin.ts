import { readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin, UserContext } from "@redocly/openapi-core";
import { Source } from "@redocly/openapi-core";
import { documentDialect } from "./rules/document-dialect.ts";
import { errorIsReachable } from "./rules/error-is-reachable.ts";
import { everyCaseHasExample } from "./rules/every-case-has-example.ts";
import { exampleFileIsUsed } from "./rules/example-file-is-used.ts";
import { exampleObeysInvariants } from "./rules/example-obeys-invariants.ts";
import { exampleFitsSchema } from "./rules/example-fits-schema.ts";
import { schemaCompiles } from "./rules/schema-compiles.ts";
import { extensionShape, knownExtension } from "./rules/extensions.ts";
import { hasProvenance } from "./rules/has-provenance.ts";
import {
  invariantCompiles,
  invariantFieldExists,
  invariantIdIsUnique,
  invariantIsReached,
} from "./rules/invariants.ts";
import { lifecycleFitsEnum } from "./rules/lifecycle-fits-enum.ts";
import { operationHasTag } from "./rules/operation-has-tag.ts";
import { propertyIsDescribed } from "./rules/property-is-described.ts";
import { singleDocument } from "./rules/single-document.ts";
import type { Finding, JsonObject, SpecModel, SpecNode, SpecRule } from "./spec-model.ts";
import { isJsonObject } from "./spec-model.ts";

const pluginId = "sync-log";

const rules: Readonly<Record<string, SpecRule>> = {
  "document-dialect": documentDialect,
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
  "property-is-described": propertyIsDescribed,
  "schema-compiles": schemaCompiles,
  "single-document": singleDocument,
};

/** The ids of the rules of the plugin, as Redocly's configuration names them. */
export const pluginRuleIds: readonly string[] = Object.keys(rules).map((id) => `${pluginId}/${id}`);

/** Redocly walks the document and tells which object is what; each rule then judges the whole of it. */
export function createPlugin(): Plugin {
  const nodes = new Map<string, SpecNode>();
  const collect = (value: unknown, context: UserContext): void => {
    const { type, location } = context;
    // Redocly walks the value of an extension as an object of the document; it is part of the one that has it.
    if (!isJsonObject(value) || type.name === "SpecExtension") return;
    // Only a schema may say more than its $ref; what else has one is a mere reference.
    const isReference = typeof value["$ref"] === "string" && type.name !== "Schema";
    nodes.set(location.absolutePointer, {
      type: isReference ? "Reference" : type.name,
      pointer: location.pointer,
      value,
      hasExtensions: type.extensionsPrefix === "x-",
    });
  };
  let model: SpecModel | undefined;
  const readModel = (document: JsonObject, folder: string): SpecModel => {
    // The first rule asks when Redocly has walked all of the document.
    model ??= { document, nodes: [...nodes.values()], folder };
    return model;
  };
  const collector = () => ({ any: collect, ref: { enter: collect } });
  const adapted = Object.entries(rules).map(
    ([id, rule]) => [id, adaptRule(rule, readModel)] as const,
  );
  return {
    id: pluginId,
    rules: { oas3: { "collect-nodes": collector, ...Object.fromEntries(adapted) } },
  };
}

/** The rule that the others need: it finds nothing wrong itself. */
export const collectorRuleId = `${pluginId}/collect-nodes`;

function adaptRule(rule: SpecRule, readModel: (root: JsonObject, folder: string) => SpecModel) {
  return () => ({
    Root: {
      leave: (root: unknown, context: UserContext) => {
        if (!isJsonObject(root)) return;
        const { source } = context.location;
        const model = readModel(root, path.dirname(source.absoluteRef));
        for (const finding of rule(model)) report(context, source, finding);
      },
    },
  });
}

function report(context: UserContext, source: Source, { pointer, file, message }: Finding): void {
  const where = file === undefined ? source : new Source(file, readFileSync(file, "utf8"));
  context.report({ message, location: { source: where, pointer } });
}
