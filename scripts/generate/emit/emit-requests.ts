import { contentOf, successStatuses } from "../collect-operations.ts";
import type { Operation, OperationParameter } from "../collect-operations.ts";
import { propertyKey } from "../names.ts";
import { isEveryPartOptional, paramsName } from "./emit-methods.ts";

/**
 * What each operation sends: a function of the base URL and of what a method is asked for. Whatever
 * no operation needs is not imported, so that no bundle has it.
 */
export function emitRequests(operations: readonly Operation[]): string {
  const helpers = new Set<string>();
  const use = (helper: string): string => {
    helpers.add(helper);
    return helper;
  };
  const rows = operations.map((operation) => emitRequest(operation, use));
  const params = operations.map(paramsName);
  const imports = [...helpers].toSorted();
  const helperImport =
    imports.length === 0 ? "" : `import { ${imports.join(", ")} } from "../request-parts.ts";\n`;
  return `${helperImport}import type { OutgoingRequest } from "../transport/transport.ts";
import type { ${params.toSorted().join(", ")} } from "./methods.ts";

/** What each operation sends, by its operationId. */
export const requests = {
${rows.join("")}};
`;
}

type Use = (helper: string) => string;

function emitRequest(operation: Operation, use: Use): string {
  const { operationId, method, parameters, requestBody } = operation;
  const inPlace = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const query = emitPart("searchOf", inPlace("query"), use);
  const headers = emitPart("headersOf", inPlace("header"), use);
  const members = [
    `method: ${JSON.stringify(method)}`,
    `url: ${emitPath(operation, use)}${query === undefined ? "" : ` + ${query}`}`,
    ...(headers === undefined ? [] : [`headers: ${headers}`]),
    ...(mayBeEmpty(operation) ? ["mayBeEmpty: true"] : []),
  ];
  const request = `{\n${members.map((member) => `    ${member},\n`).join("")}  }`;
  const isAsked = parameters.length > 0 || requestBody !== undefined;
  const type = `${isAsked ? "params" : "_params"}: ${paramsName(operation)}`;
  const byDefault = isEveryPartOptional(operation) ? " = {}" : "";
  const result =
    requestBody === undefined ? `(${request})` : `${use("withJson")}(${request}, params.body)`;
  return `  ${propertyKey(operationId)}: (baseUrl: string, ${type}${byDefault}): OutgoingRequest => ${result},\n`;
}

/** Whether one of its successes is documented without content. */
function mayBeEmpty(operation: Operation): boolean {
  return successStatuses(operation).some(
    (status) => contentOf(operation.responses.get(status)).length === 0,
  );
}

/** The base URL and the path, as a template. */
function emitPath({ path }: Operation, use: Use): string {
  const parts = path
    .split(/\{([^{}]+)\}/)
    .map((part, index) =>
      index % 2 === 0
        ? part.replaceAll(/[\\`]|\$(?=\{)/g, String.raw`\$&`)
        : `\${${use("encodePathParameter")}(${JSON.stringify(part)}, ${memberOf(part)})}`,
    );
  return `\`\${baseUrl}${parts.join("")}\``;
}

/** The call of a helper with the parameters of one place, and with the names of those that are required. */
function emitPart(
  helper: string,
  parameters: readonly OperationParameter[],
  use: Use,
): string | undefined {
  if (parameters.length === 0) return undefined;
  const values = parameters.map(({ name }) => `${propertyKey(name)}: ${memberOf(name)}`).join(", ");
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const names = required.length === 0 ? "" : `, ${JSON.stringify(required)}`;
  return `${use(helper)}({ ${values} }${names})`;
}

function memberOf(name: string): string {
  const key = propertyKey(name);
  return key.startsWith('"') ? `params[${key}]` : `params.${key}`;
}
