import { contentOf, successStatuses } from "../collect-operations.ts";
import type { Operation } from "../collect-operations.ts";
import { isJsonObject, stringOf } from "../document/json.ts";
import type { JsonObject } from "../document/json.ts";
import { joinPointer, pointerKeys, valueAt } from "../document/json-pointer.ts";
import type { DocumentNode } from "../document/walk-document.ts";
import { isJson } from "./emit-methods.ts";
import { formatLiteral } from "./format-literal.ts";
import { createSchemaConverter } from "./validation-schemas.ts";
import type { SchemaConverter } from "./validation-schemas.ts";

/** What the tools are made of. */
export interface ToolsSource {
  readonly document: JsonObject;
  readonly operations: readonly Operation[];
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
  /** Of the answer to a success; absent where that is not always an object. */
  readonly outputSchema?: ToolSchema;
  /** Whether the operation changes nothing. */
  readonly isReadOnly: boolean;
}

/** A tool for each operation. */
export const operationTools: readonly OperationTool[] = ${formatLiteral(rows)};
`;
}

function describeTool(operation: Operation, source: ToolsSource): JsonObject {
  const { operationId, method, node } = operation;
  const { summary, description } = node.value;
  const outputSchema = describeOutput(operation, source);
  return {
    operationId,
    name: operationId.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_").toLowerCase(),
    title: stringOf(summary) ?? operationId,
    description: (stringOf(description) ?? stringOf(summary) ?? operationId).trim(),
    inputSchema: describeInput(operation, source),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    isReadOnly: method === "GET" || method === "HEAD",
  };
}

function describeInput({ parameters, requestBody }: Operation, source: ToolsSource): JsonObject {
  const converter = createConverter(source);
  const members = parameters.map(({ name, required, node }) => ({ name, required, node }));
  if (requestBody !== undefined) {
    const required = requestBody.value["required"] === true;
    members.push({ name: "body", required, node: requestBody });
  }
  const properties = members.map(({ name, node }) => {
    const pointer = schemaPointer(node);
    const schema = pointer === undefined ? true : converter.convertAt(pointer);
    const description = stringOf(node.value["description"])?.trim();
    const documented = description !== undefined && isJsonObject(schema);
    return [name, documented ? { ...schema, description } : schema] as const;
  });
  const required = members.filter((member) => member.required).map(({ name }) => name);
  const schema = {
    type: "object",
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  };
  return withDefs(schema, converter);
}

/** The protocol wants an object at the top and not a reference to one. */
function describeOutput(operation: Operation, source: ToolsSource): JsonObject | undefined {
  const pointers = successStatuses(operation).map((status) => {
    const response = operation.responses.get(status);
    return response && targetOf(source.document, schemaPointer(response));
  });
  const [pointer, ...others] = new Set(pointers);
  if (pointer === undefined || others.length > 0) return undefined;
  const converter = createConverter(source);
  const schema = converter.convertAt(pointer);
  return isJsonObject(schema) && schema["type"] === "object"
    ? withDefs(schema, converter)
    : undefined;
}

function withDefs(schema: JsonObject, converter: SchemaConverter): JsonObject {
  const $defs = converter.defs();
  return Object.keys($defs).length === 0 ? schema : { ...schema, $defs };
}

/** Keys are the names of the component schemas; what cannot be checked was reported with the validators. */
function createConverter({ document, typeNames }: ToolsSource): SchemaConverter {
  const taken = new Set<string>();
  const nameOf = (pointer: string): string => {
    const wanted = typeNames.get(pointer) ?? pointerKeys(pointer).join("_");
    const base = wanted.replaceAll(/[^\w-]/g, "_");
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
    taken.add(name);
    return name;
  };
  return createSchemaConverter(document, { nameOf, annotations, report: () => undefined });
}

/** Where the schema of a parameter, or of the JSON of a body or a response, stands. */
function schemaPointer(node: DocumentNode): string | undefined {
  if (node.value["schema"] !== undefined) return joinPointer(node.pointer, "schema");
  const json = contentOf(node).find(([mediaType]) => isJson(mediaType));
  if (json === undefined || json[1]["schema"] === undefined) return undefined;
  return joinPointer(node.pointer, "content", json[0], "schema");
}

/** What the references of a schema lead to in the end. */
function targetOf(document: JsonObject, pointer: string | undefined): string | undefined {
  const seen = new Set<string>();
  let target = pointer;
  while (target !== undefined && !seen.has(target)) {
    seen.add(target);
    const schema = valueAt(document, target);
    const $ref = isJsonObject(schema) ? stringOf(schema["$ref"]) : undefined;
    if ($ref === undefined) return target;
    target = $ref;
  }
  return undefined;
}
