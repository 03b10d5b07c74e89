import {
  canonicalPointer,
  isJsonMediaType,
  isJsonObject,
  jsonContent,
  successResponses,
} from "@qontext/sync-log-document";
import type { DocumentNode, OpenApiDocument } from "@qontext/sync-log-document";
import { documentationOf } from "../documentation-of.ts";
import { isIdentifier, propertyKey } from "../names.ts";
import { statusOf } from "../name-operations.ts";
import type { NamedOperation } from "../name-operations.ts";
import { GenerationError } from "../problem.ts";
import type { Problem, Report } from "../problem.ts";
import { docLines, formatTsDoc, textOf } from "../tsdoc.ts";
import { emitRequest, isBodyRequired, isEveryPartOptional, paramsName } from "./emit-requests.ts";
import type { UsePart } from "./emit-requests.ts";

/** What the interface of named methods is made of. */
export interface MethodsSource {
  readonly document: OpenApiDocument;
  readonly operations: readonly NamedOperation[];
  /** The exported name of each component schema, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
  /** Name of the interface, as `SyncLogMethods`. */
  readonly interfaceName: string;
  /** Module specifier of what is generated from the same document. */
  readonly schemaModule: string;
}

interface MethodContext extends MethodsSource {
  /** Collects the types that are used. */
  readonly imports: Set<string>;
}

/**
 * The methods of a client: for each operation what it is asked for, what it sends, and a function with
 * its name; an interface of them with their documentation; and what makes one of a transport.
 *
 * @throws {@link GenerationError} if an operation cannot be a method.
 */
export function emitMethods(source: MethodsSource): string {
  const { operations, interfaceName, schemaModule } = source;
  const problems: Problem[] = [];
  for (const operation of operations) {
    checkMethodName(operation, (problem) => problems.push(problem));
    checkParameterNames(operation, (problem) => problems.push(problem));
  }
  if (problems.length > 0) throw new GenerationError(problems);

  const parts = new Set<string>();
  const use: UsePart = (name) => {
    parts.add(name);
    return name;
  };
  const context = { ...source, imports: new Set(["operations"]) };
  const params = operations.map((operation) => emitParams(operation, context));
  const methods = operations.map((operation) => emitMethod(operation, context));
  const names = nameFunctions(operations);
  const functions = names.flatMap(({ operation, name, requestName }) => {
    const result = resultType(operation, context);
    const resultSchema = context.imports.has(result) ? result : undefined;
    return [
      emitRequest(operation, { name: requestName, resultSchema, use }),
      emitFunction(operation, { name, requestName, result }),
    ];
  });
  const bindings = names.map(
    ({ operation: { operationId }, name }) =>
      `    ${operationId}: (params, options) => toResponsePromise(transport, ${name}(transport, params, options)),\n`,
  );
  const partsImport =
    parts.size === 0
      ? ""
      : `import { ${[...parts].toSorted().join(", ")} } from "../request-parts.ts";\n`;
  return `import type { ${[...context.imports].toSorted().join(", ")} } from "${schemaModule}";
import { callOperation } from "../call-operation.ts";
import type { RequestOptions } from "../request-options.ts";
${partsImport}import { type ResponsePromise, toResponsePromise } from "../response-promise.ts";
import type { Answer, OutgoingRequest, Transport } from "../transport/transport.ts";

${params.join("\n")}
/** One method for each operation of the API. */
export interface ${interfaceName} {
${methods.join("\n")}}

${functions.join("\n")}
/** The methods on a transport. */
export function createMethods(transport: Transport): ${interfaceName} {
  return {
${bindings.join("")}  };
}
`;
}

interface FunctionParts {
  readonly name: string;
  readonly requestName: string;
  readonly result: string;
}

/** An async function, so that the stack of an error has its name. */
function emitFunction(
  operation: NamedOperation,
  { name, requestName, result }: FunctionParts,
): string {
  const params = `params${isEveryPartOptional(operation) ? "?" : ""}: ${paramsName(operation)}`;
  return `/** What is answered to \`${operation.operationId}\`. */
export async function ${name}(transport: Transport, ${params}, options?: RequestOptions): Promise<Answer<${result}>> {
  return await callOperation<${result}>(transport, ${requestName}(transport.baseUrl, params), options);
}
`;
}

/** Names that the module has anyway. */
const takenNames =
  "callOperation createMethods encodePathParameter headersOf searchOf toResponsePromise withJson transport params options";

interface OperationNames {
  readonly operation: NamedOperation;
  readonly name: string;
  readonly requestName: string;
}

/** Names the functions: with the operationId, where nothing else has that name. */
function nameFunctions(operations: readonly NamedOperation[]): readonly OperationNames[] {
  const taken = new Set(takenNames.split(" "));
  const claim = (wanted: string): string => {
    const name = isIdentifier(wanted) && !taken.has(wanted) ? wanted : claim(`${wanted}_`);
    taken.add(name);
    return name;
  };
  const named = operations.map((operation) => ({ operation, name: claim(operation.operationId) }));
  return named.map((one) => ({ ...one, requestName: claim(`${one.name}Request`) }));
}

function emitMethod(operation: NamedOperation, context: MethodContext): string {
  const { operationId, node, parameters, requestBody } = operation;
  const isOptional = isEveryPartOptional(operation);
  const doc = [
    ...docLines(node.value),
    "",
    ...parameters.flatMap((parameter) => paramDoc(parameter.name, parameter.node)),
    ...(requestBody === undefined ? [] : paramDoc("body", requestBody.node)),
    "@param options - How this request is made.",
  ];
  const params = `params${isOptional ? "?" : ""}: ${paramsName(operation)}`;
  const result = resultType(operation, context);
  return `${formatTsDoc(doc, "  ")}  ${operationId}(${params}, options?: RequestOptions): ResponsePromise<${result}>;\n`;
}

function paramDoc(name: string, { value }: DocumentNode): readonly string[] {
  const lines = textOf(value["description"])?.split("\n") ?? [];
  return lines.map((line, index) =>
    index === 0 ? `@param params.${name} - ${line}` : `  ${line}`,
  );
}

function emitParams(operation: NamedOperation, { document, interfaceName }: MethodContext): string {
  const { operationId, requestBody, parameters } = operation;
  const types = `operations[${JSON.stringify(operationId)}]`;
  const members = parameters.map(({ name, in: location, isRequired, node }) => {
    const doc = formatTsDoc(documentationOf(document, node), "  ");
    const type = `NonNullable<${types}["parameters"]["${location}"]>[${JSON.stringify(name)}]`;
    return `${doc}  readonly ${propertyKey(name)}${isRequired ? "" : "?"}: ${type};\n`;
  });
  const { mediaType } = (requestBody && (jsonContent(requestBody) ?? requestBody.content[0])) ?? {};
  if (requestBody !== undefined && mediaType !== undefined) {
    const doc = formatTsDoc(docLines(requestBody.node.value), "  ");
    const type = `NonNullable<${types}["requestBody"]>["content"][${JSON.stringify(mediaType)}]`;
    members.push(`${doc}  readonly body${isBodyRequired(operation) ? "" : "?"}: ${type};\n`);
  }
  return `/** What {@link ${interfaceName}.${operationId}} is asked for. */
export interface ${paramsName(operation)} {
${members.join("")}}
`;
}

function resultType(operation: NamedOperation, context: MethodContext): string {
  const types = successResponses(operation).map((response) => {
    const content = jsonContent(response) ?? response.content[0];
    if (content === undefined) return "undefined";
    const { mediaType, value } = content;
    if (!isJsonMediaType(mediaType)) return mediaType.startsWith("text/") ? "string" : "unknown";
    const $ref = isJsonObject(value["schema"]) ? value["schema"]["$ref"] : undefined;
    const pointer = typeof $ref === "string" ? canonicalPointer($ref) : "";
    const name = context.typeNames.get(pointer);
    if (name !== undefined) {
      context.imports.add(name);
      return name;
    }
    const id = JSON.stringify(operation.operationId);
    return `operations[${id}]["responses"][${JSON.stringify(statusOf(response.status))}]["content"][${JSON.stringify(mediaType)}]`;
  });
  return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
}

/** A method of this name would make a promise of the client, or hide what every object has. */
const unusableNames = new Set(["then", ...Object.getOwnPropertyNames(Object.prototype)]);

function checkMethodName({ operationId, node }: NamedOperation, report: Report): void {
  if (/^[A-Za-z_$][\w$]*$/.test(operationId) && !unusableNames.has(operationId)) return;
  const message = `${JSON.stringify(operationId)} cannot be the name of a method; give the operation another operationId.`;
  report({ severity: "error", ruleId: "method-name", message, pointer: node.pointer });
}

/** Parameters of all places, and the body, become members of one object. */
function checkParameterNames(operation: NamedOperation, report: Report): void {
  const seen = new Set(operation.requestBody === undefined ? [] : ["body"]);
  for (const { name, node } of operation.parameters) {
    if (seen.has(name)) {
      const message = `${operation.operationId} has more than one parameter or body called ${JSON.stringify(name)}; rename one.`;
      report({ severity: "error", ruleId: "parameter-name", message, pointer: node.pointer });
    }
    seen.add(name);
  }
}
