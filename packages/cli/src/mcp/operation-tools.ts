import { isJsonObject, objectAt } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { standaloneSchema } from "./tool-schema.ts";

/** A tool made of an operation of the document. */
export interface OperationTool {
  readonly operationId: string;
  /** The operationId in snake case, as agents know tools. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  /** Of the answer to a success; absent where that is not an object. */
  readonly outputSchema?: JsonObject;
  readonly isReadOnly: boolean;
}

/** `getSyncLog` → `get_sync_log`. */
export function toolName(operationId: string): string {
  return operationId.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_").toLowerCase();
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value.trim() : "");

function inputSchema(operation: JsonObject, components: JsonObject): JsonObject {
  const parameters = Array.isArray(operation["parameters"]) ? operation["parameters"] : [];
  const properties: Record<string, Json> = {};
  const required: string[] = [];
  for (const parameter of parameters.filter(isJsonObject)) {
    const name = text(parameter["name"]);
    const schema = objectAt(parameter, "schema");
    properties[name] = { ...schema, description: text(parameter["description"]) };
    if (parameter["required"] === true) required.push(name);
  }
  const body = objectAt(operation, "requestBody", "content", "application/json", "schema");
  if (Object.keys(body).length > 0) {
    properties["body"] = body;
    if (objectAt(operation, "requestBody")["required"] === true) required.push("body");
  }
  return standaloneSchema(
    { type: "object", properties, required, additionalProperties: false },
    components,
  );
}

function outputSchema(operation: JsonObject, components: JsonObject): JsonObject | undefined {
  const schema = objectAt(operation, "responses", "200", "content", "application/json", "schema");
  const reference = text(schema["$ref"]);
  const target =
    reference === "" ? schema : objectAt(components, reference.split("/").at(-1) ?? "");
  // The protocol wants an object at the top, not a reference to one.
  return target["type"] === "object" ? standaloneSchema(target, components) : undefined;
}

function operationTool(
  method: string,
  operation: JsonObject,
  components: JsonObject,
): OperationTool {
  const operationId = text(operation["operationId"]);
  const output = outputSchema(operation, components);
  return {
    operationId,
    name: toolName(operationId),
    title: text(operation["summary"]),
    description: text(operation["description"]),
    inputSchema: inputSchema(operation, components),
    ...(output === undefined ? {} : { outputSchema: output }),
    isReadOnly: method === "get",
  };
}

/** A tool for each operation of the document, named, described and typed by it. */
export function operationTools(document: unknown): readonly OperationTool[] {
  const components = objectAt(document, "components", "schemas");
  return Object.values(objectAt(document, "paths"))
    .filter(isJsonObject)
    .flatMap((item) => Object.entries(item))
    .flatMap(([method, operation]) =>
      isJsonObject(operation) && "operationId" in operation
        ? [operationTool(method, operation, components)]
        : [],
    );
}
