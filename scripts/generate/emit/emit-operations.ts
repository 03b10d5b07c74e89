import { contentOf, statusOf, successStatuses } from "../collect-operations.ts";
import type { Operation, OperationParameter } from "../collect-operations.ts";
import { isJsonObject, objectEntries } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { propertyKey } from "../names.ts";
import { formatLiteral } from "./format-literal.ts";

/** The operations and the security schemes as data: what a client needs to send requests without the document. */
export function emitOperations(document: JsonObject, operations: readonly Operation[]): string {
  const rows = operations.map(
    (operation) =>
      `  ${propertyKey(operation.operationId)}: ${formatLiteral(describe(operation), "  ")},\n`,
  );
  const schemes = objectEntries(
    isJsonObject(document["components"]) ? document["components"]["securitySchemes"] : undefined,
  );
  const schemeRows = schemes.map(
    ([name, scheme]) => `  ${propertyKey(name)}: ${formatLiteral(pickScheme(scheme), "  ")},\n`,
  );
  return `/**
 * Each operation by its operationId.
 *
 * - \`parameters\`: with OpenAPI's \`style\` and \`explode\`, defaults filled in.
 * - \`requestBody\`: null, or whether it is required and its media types.
 * - \`successStatuses\`: statuses as numbers, ranges and \`default\` as strings.
 * - \`security\`: alternatives, each the names of the {@link securitySchemes} that it takes together; empty if none is needed.
 */
export const operationTable = {
${rows.join("")}} as const;

/** The operationId of an operation in {@link operationTable}. */
export type OperationId = keyof typeof operationTable;

/** Each security scheme by its name: where the credential goes. */
export const securitySchemes = {
${schemeRows.join("")}} as const;
`;
}

function describe(operation: Operation): JsonObject {
  const { operationId, method, path, requestBody, security } = operation;
  return {
    operationId,
    method,
    path,
    parameters: operation.parameters.map(describeParameter),
    requestBody:
      requestBody === undefined
        ? null
        : {
            required: requestBody.value["required"] === true,
            mediaTypes: contentOf(requestBody).map(([mediaType]) => mediaType),
          },
    successStatuses: successStatuses(operation).map(statusOf),
    security,
  };
}

/** OpenAPI 3.1, section 4.8.12.2: the defaults of style and explode. */
function describeParameter({ name, in: location, required, node }: OperationParameter): JsonObject {
  const isForm = location === "query" || location === "cookie";
  const { style = isForm ? "form" : "simple" } = node.value;
  const { explode = style === "form" } = node.value;
  return { name, in: location, required, style, explode };
}

const schemeKeys = new Set(["type", "in", "name", "scheme", "bearerFormat"]);

function pickScheme(scheme: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(scheme).filter(([key]) => schemeKeys.has(key)));
}
