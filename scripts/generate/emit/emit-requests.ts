import { successResponses } from "@qontext/sync-log-document";
import type { Parameter } from "@qontext/sync-log-document";
import type { NamedOperation } from "../name-operations.ts";
import { pascalCase, propertyKey } from "../names.ts";

/** Notes that generated code calls a function of `request-parts.ts`, and gives its name. */
export type UsePart = (name: string) => string;

/** What {@link emitRequest} needs to know beside the operation. */
export interface RequestContext {
  /** The function's name. */
  readonly name: string;
  /** The exported name of the schema of the response. */
  readonly resultSchema: string | undefined;
  /** A function that no operation uses is not imported, so that no bundle has it. */
  readonly use: UsePart;
}

/** A function of the base URL and of what a method is asked for, which gives what the operation sends. */
export function emitRequest(
  operation: NamedOperation,
  { name, resultSchema, use }: RequestContext,
): string {
  const { operationId, method, parameters, requestBody } = operation;
  const inPlace = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const query = emitPart("searchOf", inPlace("query"), use);
  const headers = emitPart("headersOf", inPlace("header"), use);
  const members = [
    `method: ${JSON.stringify(method)}`,
    `url: ${emitPath(operation, use)}${query === undefined ? "" : ` + ${query}`}`,
    ...(headers === undefined ? [] : [`headers: ${headers}`]),
    ...(mayBeEmpty(operation) ? ["mayBeEmpty: true"] : []),
    ...(resultSchema === undefined ? [] : [`resultSchema: ${JSON.stringify(resultSchema)}`]),
  ];
  const request = `{\n${members.map((member) => `    ${member},\n`).join("")}  }`;
  const isAsked = parameters.length > 0 || requestBody !== undefined;
  const type = `${isAsked ? "params" : "_params"}: ${paramsName(operation)}`;
  const byDefault = isEveryPartOptional(operation) ? " = {}" : "";
  const result =
    requestBody === undefined ? request : `${use("withJson")}(${request}, ${memberOf("body")})`;
  return `/** What \`${operationId}\` sends. */
export function ${name}(baseUrl: string, ${type}${byDefault}): OutgoingRequest {
  return ${result};
}
`;
}

/** The name of the type of what a method is asked for. */
export function paramsName({ operationId }: NamedOperation): string {
  return `${pascalCase(operationId)}Params`;
}

/** Whether the method may be called with nothing. */
export function isEveryPartOptional(operation: NamedOperation): boolean {
  return !operation.parameters.some(({ isRequired }) => isRequired) && !isBodyRequired(operation);
}

export function isBodyRequired({ requestBody }: NamedOperation): boolean {
  return requestBody?.node.value["required"] === true;
}

/** Whether one of its successes is documented without content. */
function mayBeEmpty(operation: NamedOperation): boolean {
  return successResponses(operation).some(({ content }) => content.length === 0);
}

/** The base URL and the path, as a template. */
function emitPath({ path }: NamedOperation, use: UsePart): string {
  const parts = path
    .split(/\{([^{}]+)\}/)
    .map((part, index) =>
      index % 2 === 0
        ? part.replaceAll(/[\\`]|\$(?=\{)/g, String.raw`\$&`)
        : `\${${use("encodePathParameter")}(${JSON.stringify(part)}, ${memberOf(part)})}`,
    );
  return `\`\${baseUrl}${parts.join("")}\``;
}

/** The call of a function with the parameters of one place, and with the names of those that are required. */
function emitPart(
  name: string,
  parameters: readonly Parameter[],
  use: UsePart,
): string | undefined {
  if (parameters.length === 0) return undefined;
  const values = parameters.map((one) => `${propertyKey(one.name)}: ${memberOf(one.name)}`);
  const required = parameters.filter((parameter) => parameter.isRequired).map((one) => one.name);
  const names = required.length === 0 ? "" : `, ${JSON.stringify(required)}`;
  return `${use(name)}({ ${values.join(", ")} }${names})`;
}

function memberOf(name: string): string {
  const key = propertyKey(name);
  // JavaScript may pass nothing, and is told which parameter is missing.
  return key.startsWith('"') ? `params?.[${key}]` : `params?.${key}`;
}
