import { objectMembers, parameterStyle, successResponses } from "@qontext/sync-log-document";
import type { JsonObject, OpenApiDocument, Parameter } from "@qontext/sync-log-document";
import { statusOf } from "../name-operations.ts";
import type { NamedOperation } from "../name-operations.ts";
import { propertyKey } from "../names.ts";
import { formatLiteral } from "./format-literal.ts";

/** The operations and the security schemes as data: what a client needs to send requests without the document. */
export function emitOperations(
  document: OpenApiDocument,
  operations: readonly NamedOperation[],
): string {
  const rows = operations.map(
    (operation) =>
      `  ${propertyKey(operation.operationId)}: ${formatLiteral(describe(operation), "  ")},\n`,
  );
  const schemes = objectMembers(document.at("#/components/securitySchemes"));
  const schemeRows = schemes.map(([name, value]) => {
    const scheme = document.resolve({ pointer: "#/components/securitySchemes", value }).target
      .value;
    return `  ${propertyKey(name)}: ${formatLiteral(pickScheme(scheme), "  ")},\n`;
  });
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

function describe(operation: NamedOperation): JsonObject {
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
            required: requestBody.node.value["required"] === true,
            mediaTypes: requestBody.content.map(({ mediaType }) => mediaType),
          },
    successStatuses: successResponses(operation).map(({ status }) => statusOf(status)),
    security: security.map((alternative) => alternative.map(({ name }) => name)),
  };
}

function describeParameter(parameter: Parameter): JsonObject {
  const { name, in: location, isRequired } = parameter;
  const { style, isExploded } = parameterStyle(parameter);
  return { name, in: location, required: isRequired, style, explode: isExploded };
}

const schemeKeys = new Set(["type", "in", "name", "scheme", "bearerFormat"]);

function pickScheme(scheme: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(scheme).filter(([key]) => schemeKeys.has(key)));
}
