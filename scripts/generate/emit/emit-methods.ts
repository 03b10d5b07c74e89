import { contentOf, statusOf, successStatuses } from "../collect-operations.ts";
import type { Operation } from "../collect-operations.ts";
import { isJsonObject, stringOf } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import type { DocumentNode } from "../document/walk-document.ts";
import { documentationOf } from "../documentation-of.ts";
import { pascalCase, propertyKey } from "../names.ts";
import { GenerationError } from "../problem.ts";
import type { Problem, Report } from "../problem.ts";
import { docLines, formatTsDoc } from "../tsdoc.ts";

/** What the interface of named methods is made of. */
export interface MethodsSource {
  readonly document: JsonObject;
  readonly operations: readonly Operation[];
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
 * The interface of a client: one method for each operation, with its documentation.
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

  const context = { ...source, imports: new Set(["operations"]) };
  const params = operations.map((operation) => emitParams(operation, context));
  const methods = operations.map((operation) => emitMethod(operation, context));
  return `import type { ${[...context.imports].toSorted().join(", ")} } from "${schemaModule}";
import type { RequestOptions } from "../request-options.ts";

${params.join("\n")}
/** One method for each operation of the API. */
export interface ${interfaceName} {
${methods.join("\n")}}
`;
}

function emitMethod(operation: Operation, context: MethodContext): string {
  const { operationId, node, parameters, requestBody } = operation;
  const isOptional = isEveryPartOptional(operation);
  const doc = [
    ...docLines(node.value),
    "",
    ...parameters.flatMap((parameter) => paramDoc(parameter.name, parameter.node)),
    ...(requestBody === undefined ? [] : paramDoc("body", requestBody)),
    "@param options - How this request is made.",
  ];
  const params = `params${isOptional ? "?" : ""}: ${paramsName(operation)}`;
  const result = resultType(operation, context);
  return `${formatTsDoc(doc, "  ")}  ${operationId}(${params}, options?: RequestOptions): Promise<${result}>;\n`;
}

function paramDoc(name: string, { value }: DocumentNode): readonly string[] {
  const lines = stringOf(value["description"])?.trim().split("\n") ?? [];
  return lines.map((line, index) =>
    index === 0 ? `@param params.${name} - ${line}` : `  ${line}`,
  );
}

function emitParams(operation: Operation, { document, interfaceName }: MethodContext): string {
  const { operationId, requestBody, parameters } = operation;
  const types = `operations[${JSON.stringify(operationId)}]`;
  const members = parameters.map(({ name, in: location, required, node }) => {
    const doc = formatTsDoc(documentationOf(document, node), "  ");
    const type = `NonNullable<${types}["parameters"]["${location}"]>[${JSON.stringify(name)}]`;
    return `${doc}  readonly ${propertyKey(name)}${required ? "" : "?"}: ${type};\n`;
  });
  const mediaTypes = contentOf(requestBody).map(([name]) => name);
  const mediaType = mediaTypes.find(isJson) ?? mediaTypes[0];
  if (requestBody !== undefined && mediaType !== undefined) {
    const doc = formatTsDoc(docLines(requestBody.value), "  ");
    const type = `NonNullable<${types}["requestBody"]>["content"][${JSON.stringify(mediaType)}]`;
    members.push(`${doc}  readonly body${isBodyRequired(operation) ? "" : "?"}: ${type};\n`);
  }
  return `/** What {@link ${interfaceName}.${operationId}} is asked for. */
export interface ${paramsName(operation)} {
${members.join("")}}
`;
}

function resultType(operation: Operation, context: MethodContext): string {
  const types = successStatuses(operation).map((status) => {
    const response = operation.responses.get(status);
    const contents = contentOf(response);
    if (contents.length === 0) return "undefined";
    const [mediaType, content] = contents.find(([name]) => isJson(name)) ?? contents[0] ?? [];
    if (mediaType === undefined || content === undefined) return "undefined";
    if (mediaType.startsWith("text/")) return "string";
    if (!isJson(mediaType)) return "unknown";
    const { schema } = content;
    const $ref = isJsonObject(schema) ? stringOf(schema["$ref"]) : undefined;
    const name = context.typeNames.get($ref ?? "");
    if (name !== undefined) {
      context.imports.add(name);
      return name;
    }
    const id = JSON.stringify(operation.operationId);
    return `operations[${id}]["responses"][${JSON.stringify(statusOf(status))}]["content"][${JSON.stringify(mediaType)}]`;
  });
  return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
}

/** Whether the method may be called with nothing. */
export function isEveryPartOptional(operation: Operation): boolean {
  return !operation.parameters.some(({ required }) => required) && !isBodyRequired(operation);
}

function isBodyRequired({ requestBody }: Operation): boolean {
  return requestBody?.value["required"] === true;
}

/** The name of the type of what a method is asked for. */
export function paramsName({ operationId }: Operation): string {
  return `${pascalCase(operationId)}Params`;
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/i.test(mediaType);
}

/** A method of this name would make a promise of the client, or hide what every object has. */
const unusableNames = new Set(["then", ...Object.getOwnPropertyNames(Object.prototype)]);

function checkMethodName({ operationId, node }: Operation, report: Report): void {
  if (/^[A-Za-z_$][\w$]*$/.test(operationId) && !unusableNames.has(operationId)) return;
  const message = `${JSON.stringify(operationId)} cannot be the name of a method; give the operation another operationId.`;
  report({ severity: "error", ruleId: "method-name", message, pointer: node.pointer });
}

/** Parameters of all places, and the body, become members of one object. */
function checkParameterNames(operation: Operation, report: Report): void {
  const seen = new Set(operation.requestBody === undefined ? [] : ["body"]);
  for (const { name, node } of operation.parameters) {
    if (seen.has(name)) {
      const message = `${operation.operationId} has more than one parameter or body called ${JSON.stringify(name)}; rename one.`;
      report({ severity: "error", ruleId: "parameter-name", message, pointer: node.pointer });
    }
    seen.add(name);
  }
}
