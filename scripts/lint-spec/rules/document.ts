import type { Operation } from "@qontext/sync-log-document";
import { appendPointer, DocumentError, operationFaults } from "@qontext/sync-log-document";
import { readOperations } from "../collect-responses.ts";
import type { Finding, SpecRule } from "../spec-model.ts";
import { nodesOf, reasonOf, unlessUnreadable } from "../spec-model.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** OpenAPI 3.1 with its JSON Schema dialect written down: tools that are not told take the schemas for draft 7. */
export const documentDialect: SpecRule = ({ document }) => {
  if (document.version !== "3.1") {
    return [{ pointer: "#/openapi", message: "the document must be OpenAPI 3.1" }];
  }
  if (document.value["jsonSchemaDialect"] === dialect) return [];
  return [{ pointer: "#/jsonSchemaDialect", message: `jsonSchemaDialect must be ${dialect}` }];
};

/** Every `$ref` leads to an object of this document. Examples may be in files of their own by `externalValue`. */
export const references: SpecRule = ({ document, nodes }) => {
  const messages = new Map<string, string>();
  for (const node of nodes) {
    try {
      document.resolve(node);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      messages.set(appendPointer(error.pointer ?? "#", "$ref"), reasonOf(error.problem));
    }
  }
  return [...messages].map(([pointer, message]) => ({ pointer, message }));
};

/** The tags of an operation are not an empty list, which Redocly's `operation-tag-defined` lets through. */
export const operationHasTag: SpecRule = (model) =>
  nodesOf(model, "operation")
    .filter(({ value: { tags } }) => Array.isArray(tags) && tags.length === 0)
    .map(({ pointer }) => ({
      pointer,
      message: "the operation has no tag; name one of the document's tags",
    }));

/** What OpenAPI asks of operations, and Redocly lets through: required path parameters, and statuses that are some. */
export const operationIsSound: SpecRule = ({ document }) =>
  (unlessUnreadable(() => operationFaults(document)) ?? []).filter(
    ({ rule }) => rule !== "path-parameters-defined",
  );

/**
 * A request that must be authenticated can be refused with 401, and only such a one; only a request that has parameters or a
 * body can be malformed (400) or ask for something absent (404).
 */
export const errorIsReachable: SpecRule = (model) => readOperations(model).flatMap(checkErrors);

function checkErrors(operation: Operation): readonly Finding[] {
  const { node, parameters, requestBody, security } = operation;
  // An empty requirement among the choices makes the key optional.
  const needsKey = security.length > 0 && security.every((choice) => choice.length > 0);
  const hasInput = parameters.length > 0 || requestBody !== undefined;
  const statuses = operation.responses.map(({ status }) => status);
  const findings: Finding[] = [];
  if (needsKey && !statuses.some((status) => ["401", "4XX", "default"].includes(status))) {
    const message = "the operation needs a key but does not document 401";
    findings.push({ pointer: node.pointer, message });
  }
  for (const status of statuses) {
    const pointer = appendPointer(node.pointer, "responses", status);
    if (status === "401" && !needsKey) {
      findings.push({ pointer, message: "401 cannot happen: the operation needs no key" });
    }
    if ((status === "400" || status === "404") && !hasInput) {
      findings.push({ pointer, message: `${status} cannot happen: the operation takes no input` });
    }
  }
  return findings;
}
