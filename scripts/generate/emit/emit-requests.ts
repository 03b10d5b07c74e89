import { readInvariants, successResponses } from "@qontext/sync-log-document";
import type { MethodOperation } from "../name-methods.ts";
import type { NamedOperation } from "../name-operations.ts";
import { pascalCase } from "../names.ts";
import { emitBody } from "./emit-body.ts";
import { emitHeaders, emitPathValue, emitQuery, memberOf } from "./emit-parameters.ts";
import type { ParameterContext } from "./emit-parameters.ts";

/** What {@link emitRequest} needs to know beside the operation. */
export interface RequestContext extends ParameterContext {
  /** The function's name. */
  readonly name: string;
  /** What the body of a success is, as members of a literal. */
  readonly body: readonly string[];
}

/** A function of the base URL and of what a method is asked for, which gives what the operation sends. */
export function emitRequest(operation: MethodOperation, context: RequestContext): string {
  const { methodName, method, parameters, requestBody } = operation;
  const { name, body } = context;
  const identity = identityOf(operation, context);
  const inPlace = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const query = emitQuery(inPlace("query"), context);
  const headers = emitHeaders(inPlace("header"), inPlace("cookie"), context);
  const members = [
    `method: ${JSON.stringify(method)}`,
    `url: ${emitPath(operation, context)}${query === undefined ? "" : ` + ${query}`}`,
    ...(headers === undefined ? [] : [`headers: ${headers}`]),
    ...(mayBeEmpty(operation) ? ["mayBeEmpty: true"] : []),
    ...body,
    ...(identity === undefined ? [] : [`identity: ${identity}`]),
  ];
  const request = `{\n${members.map((member) => `    ${member},\n`).join("")}  }`;
  const isAsked = parameters.length > 0 || requestBody !== undefined;
  const type = `${isAsked ? "params" : "_params"}: ${paramsName(operation)}`;
  const byDefault = isEveryPartOptional(operation) ? " = {}" : "";
  return `/** What \`${methodName}\` sends. */
export function ${name}(baseUrl: string, ${type}${byDefault}): OutgoingRequest {
  return ${emitBody(operation, request, context)};
}
`;
}

/** The name of the type of what a method is asked for. */
export function paramsName({ methodName }: MethodOperation): string {
  return `${pascalCase(methodName)}Params`;
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

/** A rule that a property of the body is the path parameter. */
const sameAsParameter = /^\s*self\.(\w+)\s*==\s*request\.path\.(\w+)\s*$/;

/**
 * The property that the body of a success has to have and its value, where a rule of the document says
 * that it is the last path parameter: the others tell where to look, this one what was asked for.
 */
function identityOf(
  operation: MethodOperation,
  { document }: ParameterContext,
): string | undefined {
  const [response, ...others] = successResponses(operation).filter(
    ({ content }) => content.length > 0,
  );
  if (response === undefined || others.length > 0) return undefined;
  const name = [...operation.path.matchAll(/\{([^{}]+)\}/g)].at(-1)?.[1];
  const last = operation.parameters.find((one) => one.in === "path" && one.name === name);
  for (const { rule, severity } of readInvariants(document, response.node)) {
    const [, property, parameter] = sameAsParameter.exec(rule) ?? [];
    if (severity !== "error" || last === undefined || parameter !== last.name) continue;
    return `[${JSON.stringify(property)}, ${memberOf(last)}]`;
  }
  return undefined;
}

/** The base URL and the path, as a template. */
function emitPath({ path, parameters }: MethodOperation, context: ParameterContext): string {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const parts = path.split(/\{([^{}]+)\}/).map((part, index) => {
    const parameter = inPath.find(({ name }) => name === part);
    return index % 2 === 0 || parameter === undefined
      ? part.replaceAll(/[\\`]|\$(?=\{)/g, String.raw`\$&`)
      : `\${${emitPathValue(parameter, context)}}`;
  });
  return `\`\${baseUrl}${parts.join("")}\``;
}
