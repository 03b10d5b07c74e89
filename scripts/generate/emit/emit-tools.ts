import {
  isJsonObject,
  jsonContent,
  pointerTokens,
  readContent,
  successResponses,
} from "@qontext/sync-log-document";
import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import type { NamedOperation } from "../name-operations.ts";
import { textOf } from "../tsdoc.ts";
import { formatLiteral } from "./format-literal.ts";
import { createSchemaConverter } from "./schema-converter.ts";
import type { SchemaConverter } from "./schema-converter.ts";

/** What the tools are made of. */
export interface ToolsSource {
  readonly document: OpenApiDocument;
  readonly operations: readonly NamedOperation[];
  /** The exported name of each component schema, by its pointer. */
  readonly typeNames: ReadonlyMap<string, string>;
}

/** Annotations of JSON Schema that tell an agent what a value means. */
const annotations: ReadonlySet<string> = new Set(
  "title description default examples deprecated readOnly writeOnly".split(" "),
);

/** Each operation as a tool of an agent, with schemas that need no document beside them. */
export function emitTools(source: ToolsSource): string {
  const rows = source.operations.map((operation) => describeTool(operation, source));
  return `import type { OperationId } from "./index.ts";

/** A schema of JSON Schema 2020-12. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** A schema of JSON Schema 2020-12 that refers to nothing but its own \`$defs\`. */
export interface ToolSchema {
  readonly type: "object";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

/** An operation as a tool of an agent, as the Model Context Protocol describes tools. */
export interface OperationTool {
  readonly operationId: OperationId;
  /** The operationId in snake case. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The parameters of the operation by their names, and its \`body\`. */
  readonly inputSchema: ToolSchema;
  /**
   * Describes the answer to a success and refuses none. A list is its \`items\`, as a tool answers with an object; absent where the
   * answer is neither.
   */
  readonly outputSchema?: ToolSchema;
  /** Whether the operation changes nothing. */
  readonly isReadOnly: boolean;
}

/** A tool for each operation. */
export const operationTools: readonly OperationTool[] = ${formatLiteral(rows)};
`;
}

function describeTool(operation: NamedOperation, source: ToolsSource): JsonObject {
  const { operationId, method, node } = operation;
  const { summary, description } = node.value;
  const outputSchema = describeOutput(operation, source);
  return {
    operationId,
    name: operationId.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_").toLowerCase(),
    title: textOf(summary) ?? operationId,
    description: textOf(description) ?? textOf(summary) ?? operationId,
    inputSchema: describeInput(operation, source),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    isReadOnly: method === "GET" || method === "HEAD",
  };
}

function describeInput(
  { parameters, requestBody }: NamedOperation,
  source: ToolsSource,
): JsonObject {
  const converter = createConverter(source);
  const members = parameters.map(({ name, isRequired, node, schemaPointer }) => {
    const pointer = schemaPointer ?? jsonContent({ content: readContent(node) })?.schemaPointer;
    return { name, isRequired, node, pointer };
  });
  if (requestBody !== undefined) {
    const { node } = requestBody;
    const isRequired = node.value["required"] === true;
    const pointer = jsonContent(requestBody)?.schemaPointer;
    members.push({ name: "body", isRequired, node, pointer });
  }
  const properties = members.map(({ name, node, pointer }) => {
    const schema = pointer === undefined ? true : ask(converter.convertAt(pointer, "request"));
    const description = textOf(node.value["description"]);
    const documented = description !== undefined && isJsonObject(schema);
    return [name, documented ? { ...schema, description } : schema] as const;
  });
  const required = members.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const schema = {
    type: "object",
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  };
  const { $defs, ...input } = withDefs(schema, converter);
  return { ...input, ...(isJsonObject($defs) ? { $defs: mapValues($defs, ask) } : {}) };
}

/**
 * What a schema asks of an input, but for how values look that are known today: a host that checks them would refuse an id
 * of tomorrow, which the service takes. Examples show them, and the service refuses others itself.
 */
function ask(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema;
  const { pattern: _, format: __, enum: known, ...rest } = schema;
  const asked = Object.entries(rest).map(([keyword, value]): [string, unknown] => {
    if (keyword === "properties" && isJsonObject(value)) return [keyword, mapValues(value, ask)];
    if (insideSchemas.has(keyword)) return [keyword, ask(value)];
    if (choices.has(keyword) && Array.isArray(value)) return [keyword, value.map(ask)];
    return [keyword, value];
  });
  return { ...Object.fromEntries(asked), ...(Array.isArray(known) ? { examples: known } : {}) };
}

/** The protocol wants an object at the top and not a reference to one. */
function describeOutput(operation: NamedOperation, source: ToolsSource): JsonObject | undefined {
  const pointers = successResponses(operation).map((response) => {
    const pointer = jsonContent(response)?.schemaPointer;
    return pointer === undefined ? undefined : targetOf(source.document, pointer);
  });
  const [pointer, ...others] = new Set(pointers);
  if (pointer === undefined || others.length > 0) return undefined;
  const converter = createConverter(source);
  const schema = converter.convertAt(pointer, "response");
  if (!isJsonObject(schema)) return undefined;
  const { $defs, ...members } = withDefs(schema, converter);
  const described = describeMembers(members);
  if (schema["type"] !== "object" && schema["type"] !== "array") return undefined;
  return {
    type: "object",
    ...(schema["type"] === "array" ? { properties: { items: described } } : described),
    ...(isJsonObject($defs) ? { $defs: mapValues($defs, describeOnly) } : {}),
  };
}

/**
 * What a schema says about values, and nothing that would refuse one: hosts and servers check an answer, and give the
 * agent an error in its place. A service may send tomorrow what today's document does not know, of any type.
 */
function describeOnly(schema: unknown): JsonObject | true {
  return isJsonObject(schema) ? describeMembers(schema) : true;
}

function describeMembers(schema: JsonObject): JsonObject {
  const described = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (annotations.has(keyword) || keyword === "$ref") return [[keyword, value]];
    if (keyword === "properties" && isJsonObject(value)) {
      return [[keyword, mapValues(value, describeOnly)]];
    }
    if (insideSchemas.has(keyword) && isJsonObject(value)) return [[keyword, describeOnly(value)]];
    // Each of them takes any value: exactly one never does.
    if (choices.has(keyword) && Array.isArray(value)) return [["anyOf", value.map(describeOnly)]];
    return [];
  });
  // An agent sees what is known, and may get another one.
  const known = Array.isArray(schema["enum"]) ? { examples: schema["enum"] } : {};
  return { ...Object.fromEntries(described), ...known };
}

/** Keywords with a schema for what is inside a value, and those with several for the value itself. */
const insideSchemas: ReadonlySet<string> = new Set(["items", "additionalProperties"]);
const choices: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf"]);

function mapValues(object: JsonObject, map: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

function withDefs(schema: JsonObject, converter: SchemaConverter): JsonObject {
  const $defs = converter.defs();
  return Object.keys($defs).length === 0 ? schema : { ...schema, $defs };
}

/** Keys are the names of the component schemas; what cannot be checked was reported with the validators. */
function createConverter({ document, typeNames }: ToolsSource): SchemaConverter {
  const taken = new Set<string>();
  const nameOf = (pointer: string): string => {
    const wanted = typeNames.get(pointer) ?? pointerTokens(pointer).join("_");
    const base = wanted.replaceAll(/[^\w-]/g, "_");
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
    taken.add(name);
    return name;
  };
  return createSchemaConverter(document, { nameOf, annotations, report: () => undefined });
}

/** What the references of a schema lead to in the end; a schema that is a boolean is not an object. */
function targetOf(document: OpenApiDocument, pointer: string): string | undefined {
  const value = document.at(pointer);
  return isJsonObject(value) ? document.resolve({ pointer, value }).target.pointer : undefined;
}
