import {
  canonicalPointer,
  isJsonMediaType,
  isJsonObject,
  jsonContent,
  successResponses,
} from "@qontext/sync-log-document";
import type { DocumentNode, JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import { documentationOf } from "../documentation-of.ts";
import { isIdentifier, propertyKey } from "../names.ts";
import { statusOf } from "../name-operations.ts";
import type { NamedOperation } from "../name-operations.ts";
import { nameMethods } from "../name-methods.ts";
import type { MethodOperation } from "../name-methods.ts";
import { throwOnErrors } from "../problem.ts";
import type { Problem, Report } from "../problem.ts";
import { docLines, formatTsDoc, textOf } from "../tsdoc.ts";
import { bodyType, sentContent } from "./emit-body.ts";
import type { UsePart } from "./emit-parameters.ts";
import { emitRequest, isBodyRequired, isEveryPartOptional, paramsName } from "./emit-requests.ts";

/** What the interface of named methods is made of. */
export interface MethodsSource {
  readonly document: OpenApiDocument;
  readonly operations: readonly NamedOperation[];
  /** The exported name of each component schema, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
  /** Name of the interface, as `SyncLogMethods`. */
  readonly interfaceName: string;
  /** The error class for an answer with this status, such as `404` or `5XX`; undefined if the client has none. */
  readonly errorOf?: (status: string) => string | undefined;
  /** Module specifier of what is generated from the same document. */
  readonly schemaModule: string;
  /** Is told of what got another name than it has in the document. */
  readonly report: Report;
}

interface MethodContext extends MethodsSource {
  /** Collects the types that are used. */
  readonly imports: Set<string>;
  /** Notes that a type of the client is used, and gives its name. */
  readonly importType: UsePart;
}

/**
 * The methods of a client: for each operation what it is asked for, what it sends, and a function with
 * its name; an interface of them with their documentation; and what makes one of a transport.
 *
 * @throws GenerationError if an operation cannot be a method.
 */
export function emitMethods(source: MethodsSource): string {
  const { document, interfaceName, schemaModule } = source;
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const operations = nameMethods(source.operations, report);

  const parts = new Set<string>();
  const use: UsePart = (name) => {
    parts.add(name);
    return name;
  };
  const importType: UsePart = (name) => use(`type ${name}`).slice("type ".length);
  const context = { ...source, imports: new Set(["operations"]), importType };
  const params = operations.map((operation) => emitParams(operation, context));
  const methods = operations.map((operation) => emitMethod(operation, context));
  const names = nameFunctions(operations);
  const functions = names.flatMap(({ operation, name, requestName }) => {
    const result = resultType(operation, context);
    const body = resultBody(operation, context);
    return [
      emitRequest(operation, { document, name: requestName, body, use, report }),
      emitFunction(operation, { name, requestName, result }),
    ];
  });
  throwOnErrors(problems);
  for (const problem of problems) source.report(problem);
  const bindings = names.map(
    ({ operation: { methodName }, name }) =>
      `    ${methodName}: (params, options) => toResponsePromise(transport, ${name}(transport, params, options)),\n`,
  );
  return `import type { ${[...context.imports].toSorted().join(", ")} } from "${schemaModule}";
import { callOperation } from "../call-operation.ts";
import type { RequestOptions } from "../request-options.ts";
${importParts(parts)}import { type ResponsePromise, toResponsePromise } from "../response-promise.ts";
import type { Answer, OutgoingRequest, ResultBody, Transport } from "../transport/transport.ts";

${params.join("\n")}
/** One method for each operation of the API. */
export interface ${interfaceName} {
${methods.join("\n")}}

${functions.join("\n")}
/** What the bodies of successes are, by the paths of their operations. */
export const resultBodies: readonly ResultBody[] = [
${operations.map((operation) => emitBodyRow(operation, resultBody(operation, context))).join("")}];

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
  operation: MethodOperation,
  { name, requestName, result }: FunctionParts,
): string {
  const params = `params${isEveryPartOptional(operation) ? "?" : ""}: ${paramsName(operation)}`;
  return `/** What is answered to \`${operation.methodName}\`. */
export async function ${name}(transport: Transport, ${params}, options?: RequestOptions): Promise<Answer<${result}>> {
  return await callOperation<${result}>(transport, ${requestName}(transport.baseUrl, params), options);
}
`;
}

/** What generated code may call, by the modules of the client that have it. */
const partModules: Readonly<Record<string, string>> = {
  "../request-bodies.ts": "MultipartBody RawBody withForm withJson withMultipart withRaw",
  "../request-parts.ts": "cookiesOf encodePathParameter encodePathValue given headersOf searchOf",
  "../request-styles.ts": "deepObject delimited encodeReserved exploded jsonText",
};

/** @param parts - Names; those of types begin with `type`. */
function importParts(parts: ReadonlySet<string>): string {
  const statements = Object.entries(partModules).flatMap(([module, names]) => {
    const [values = [], types = []] = ["", "type "].map((prefix) =>
      names.split(" ").filter((name) => parts.has(`${prefix}${name}`)),
    );
    return [
      ...(types.length === 0 ? [] : [`import type { ${types.join(", ")} } from "${module}";\n`]),
      ...(values.length === 0 ? [] : [`import { ${values.join(", ")} } from "${module}";\n`]),
    ];
  });
  return statements.join("");
}

/** Names that the module has anyway. */
const takenNames = [
  "callOperation createMethods toResponsePromise transport params options",
  ...Object.values(partModules),
].join(" ");

interface OperationNames {
  readonly operation: MethodOperation;
  readonly name: string;
  readonly requestName: string;
}

/** Names the functions: as the methods, where nothing else has that name. */
function nameFunctions(operations: readonly MethodOperation[]): readonly OperationNames[] {
  const taken = new Set(takenNames.split(" "));
  const claim = (wanted: string): string => {
    const name = isIdentifier(wanted) && !taken.has(wanted) ? wanted : claim(`${wanted}_`);
    taken.add(name);
    return name;
  };
  const named = operations.map((operation) => ({ operation, name: claim(operation.methodName) }));
  return named.map((one) => ({ ...one, requestName: claim(`${one.name}Request`) }));
}

function emitMethod(operation: MethodOperation, context: MethodContext): string {
  const { methodName, node, parameters, requestBody } = operation;
  const isOptional = isEveryPartOptional(operation);
  const doc = [
    ...docLines(node.value),
    "",
    ...parameters.flatMap((parameter) => paramDoc(parameter.member, parameter.node)),
    ...(requestBody === undefined ? [] : paramDoc("body", requestBody.node)),
    "@param options - How this request is made.",
    ...errorDocs(operation, context),
  ];
  const params = `params${isOptional ? "?" : ""}: ${paramsName(operation)}`;
  const result = resultType(operation, context);
  return `${formatTsDoc(doc, "  ")}  ${methodName}(${params}, options?: RequestOptions): ResponsePromise<${result}>;\n`;
}

/** A line for each error that the document knows of, in its words, and one for all others. */
function errorDocs({ responses }: MethodOperation, context: MethodContext): readonly string[] {
  const { document, errorOf } = context;
  if (errorOf === undefined) return [];
  // No links: editors take a brace after the tag for a type.
  const known = responses.flatMap(({ status, node }) => {
    const name = errorOf(status);
    const [what = ""] = documentationOf(document, node);
    return name === undefined ? [] : [`@throws ${name} for a ${status}: ${what}`.trim()];
  });
  return [...known, "@throws SyncLogError whatever goes wrong; its `code` says what."];
}

function paramDoc(name: string, { value }: DocumentNode): readonly string[] {
  const lines = textOf(value["description"])?.split("\n") ?? [];
  return lines.map((line, index) =>
    index === 0 ? `@param params.${name} - ${line}` : `  ${line}`,
  );
}

function emitParams(
  operation: MethodOperation,
  { document, interfaceName, importType }: MethodContext,
): string {
  const { operationId, methodName, requestBody, parameters } = operation;
  const types = `operations[${JSON.stringify(operationId)}]`;
  const members = parameters.map(({ name, member, in: location, isRequired, node }) => {
    const doc = formatTsDoc(documentationOf(document, node), "  ");
    const type = `NonNullable<${types}["parameters"]["${location}"]>[${JSON.stringify(name)}]`;
    return `${doc}  readonly ${propertyKey(member)}${isRequired ? "" : "?"}: ${type};\n`;
  });
  const content = sentContent(operation);
  if (requestBody !== undefined && content !== undefined) {
    const doc = formatTsDoc(docLines(requestBody.node.value), "  ");
    const documented = `NonNullable<${types}["requestBody"]>["content"][${JSON.stringify(content.mediaType)}]`;
    const type = bodyType(content, documented, importType);
    members.push(`${doc}  readonly body${isBodyRequired(operation) ? "" : "?"}: ${type};\n`);
  }
  return `/** What {@link ${interfaceName}.${methodName}} is asked for. */
export interface ${paramsName(operation)} {
${members.join("")}}
`;
}

/** What a client's users have to be able to name: the types of the methods' module, and those of the schemas that it answers with. */
export function emitClientTypes(
  methods: string,
  schema: { readonly names: readonly string[]; readonly schemaModule: string },
): string {
  const names = [...methods.matchAll(/^export interface (\w+)/gm)].map(([, name = ""]) => name);
  return `export type { ${names.toSorted().join(", ")} } from "./methods.ts";
export type {
${schema.names.map((name) => `  ${name},\n`).join("")}} from "${schema.schemaModule}";
`;
}

function emitBodyRow({ method, path }: MethodOperation, body: readonly string[]): string {
  if (body.length === 0) return "";
  const members = [`method: ${JSON.stringify(method)}`, `path: ${JSON.stringify(path)}`, ...body];
  return `  { ${members.join(", ")} },\n`;
}

/** What the body of a success is, as members of a literal; none where the successes differ, or have no schema of the document's. */
function resultBody(operation: NamedOperation, context: MethodContext): readonly string[] {
  const [response, ...others] = successResponses(operation);
  const content = response && jsonContent(response);
  if (content?.schemaPointer === undefined || others.length > 0) return [];
  const { document, typeNames } = context;
  const { schema } = content.value;
  if (!isJsonObject(schema)) return [];
  const { target } = document.resolve({ pointer: content.schemaPointer, value: schema });
  const isList = target.value["type"] === "array";
  const name = typeNames.get(refIn(isList ? target.value["items"] : schema));
  return [
    ...(name === undefined ? [] : [`resultSchema: ${JSON.stringify(name)}`]),
    ...(isList ? ["isList: true"] : []),
  ];
}

function refIn(schema: unknown): string {
  const $ref = isJsonObject(schema) ? schema["$ref"] : undefined;
  return typeof $ref === "string" ? canonicalPointer($ref) : "";
}

function resultType(operation: NamedOperation, context: MethodContext): string {
  const types = successResponses(operation).map((response) => {
    const content = jsonContent(response) ?? response.content[0];
    if (content === undefined) return "undefined";
    const { mediaType, value } = content;
    if (!isJsonMediaType(mediaType)) return mediaType.startsWith("text/") ? "string" : "unknown";
    const { schema } = value;
    const name = context.typeNames.get(refIn(schema));
    const isList = isJsonObject(schema) && isListOfOne(schema);
    const itemName = isList ? context.typeNames.get(refIn(schema["items"])) : undefined;
    for (const used of [name, itemName]) if (used !== undefined) context.imports.add(used);
    if (name !== undefined) return name;
    if (itemName !== undefined) return `${itemName}[]`;
    const id = JSON.stringify(operation.operationId);
    return `operations[${id}]["responses"][${JSON.stringify(statusOf(response.status))}]["content"][${JSON.stringify(mediaType)}]`;
  });
  return types.length === 0 ? "undefined" : [...new Set(types)].join(" | ");
}

/** Whether this is a list of a schema, and no more than that. */
function isListOfOne(schema: JsonObject): boolean {
  return schema["type"] === "array" && schema["prefixItems"] === undefined;
}
