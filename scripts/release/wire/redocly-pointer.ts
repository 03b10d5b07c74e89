import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  appendPointer,
  isHttpMethod,
  isJsonObject,
  pointerTokens,
  schemaListKeywords,
  schemaMapKeywords,
  valueAt,
} from "@qontext/sync-log-document";

/** The value that a reference leads to; any other value itself. */
export function resolveValue(document: OpenApiDocument, value: unknown): unknown {
  if (!isJsonObject(value) || typeof value["$ref"] !== "string") return value;
  return document.resolve({ pointer: "#", value }).target.value;
}

/** The value at a pointer of Redocly's, which goes on through references; undefined if it leads to nothing. */
export function followPointer(document: OpenApiDocument, tokens: readonly string[]): unknown {
  let value: unknown = document.value;
  for (const token of tokens) {
    const target = resolveValue(document, value);
    const member = token === "$ref" ? target : valueAt(value, appendPointer("", token));
    value = member ?? valueAt(target, appendPointer("", token));
  }
  return value;
}

/** One step from a schema into one of its subschemas. */
export interface SchemaStep {
  /** The keyword that holds the subschema: `properties`, `items`, `oneOf` … */
  readonly keyword: string;
  /** The property name, pattern or index, where the keyword holds many; absent for the keyword's whole value. */
  readonly name?: string;
}

const holdsMany: ReadonlySet<string> = new Set([
  ...schemaMapKeywords,
  ...schemaListKeywords,
  "dependentRequired",
]);

/** The index of the segment at which the schema begins; undefined for a pointer outside of schemas. */
function schemaStart(segments: readonly string[]): number | undefined {
  if (segments[0] === "components" && segments[1] === "schemas") return 3;
  const index = segments.indexOf("schema", 2);
  return index === -1 ? undefined : index + 1;
}

/** The steps from the outermost schema to what a pointer points at; undefined outside of schemas. */
export function schemaTrail(pointer: string): readonly SchemaStep[] | undefined {
  const segments = pointerTokens(pointer);
  const start = schemaStart(segments);
  if (start === undefined) return undefined;
  const steps: SchemaStep[] = [];
  for (let index = start; index < segments.length; index += 1) {
    const keyword = segments[index] ?? "";
    if (keyword === "$ref") continue;
    const name = holdsMany.has(keyword) ? segments[index + 1] : undefined;
    steps.push(name === undefined ? { keyword } : { keyword, name });
    if (name !== undefined) index += 1;
  }
  return steps;
}

/** A pointer in a reader's words: `GET /pets/{id}, response 200 application/json, owner.name`. */
export function describePlace(document: OpenApiDocument, pointer: string): string {
  const segments = pointerTokens(pointer).filter((segment) => segment !== "$ref");
  const inSchema = describeSchema(pointer);
  const [root, first = "", second = ""] = segments;
  if (root === "components")
    return [`${first} ${second}`.trim(), inSchema].filter(Boolean).join(", ");
  if (root !== "paths" && root !== "webhooks") return segments.join(".") || "document";
  const rest = segments.slice(2);
  const hasMethod = isHttpMethod(rest[0] ?? "");
  const operation = hasMethod ? `${(rest[0] ?? "").toUpperCase()} ${first}` : first;
  const inner = describeInOperation(document, segments, hasMethod ? 3 : 2);
  return [operation, ...inner, inSchema].filter(Boolean).join(", ");
}

function describeInOperation(
  document: OpenApiDocument,
  segments: readonly string[],
  start: number,
): readonly string[] {
  const [kind, name = "", ...more] = segments.slice(start);
  if (kind === undefined) return [];
  if (kind === "parameters" && name === "") return ["parameters"];
  if (kind === "parameters") {
    const holder = followPointer(document, segments.slice(0, start + 2));
    const parameter = resolveValue(document, holder);
    const known = isJsonObject(parameter) ? parameter["name"] : undefined;
    return [`parameter ${typeof known === "string" ? known : name}`];
  }
  if (kind === "requestBody") return ["request body", ...mediaType([name, ...more])];
  if (kind === "responses") {
    const header = more[0] === "headers" ? [`header ${more[1] ?? ""}`] : mediaType(more);
    return [`response ${name}`.trim(), ...header];
  }
  return [[kind, name, ...more].filter(Boolean).join(".")];
}

function mediaType([content, type = ""]: readonly string[]): readonly string[] {
  return content === "content" && type !== "" ? [type] : [];
}

function describeSchema(pointer: string): string {
  const words = (schemaTrail(pointer) ?? []).map(({ keyword, name }) => {
    if (keyword === "properties") return name ?? "properties";
    if (keyword === "items") return "[]";
    return name === undefined ? `(${keyword})` : `(${keyword} ${name})`;
  });
  return words.join(".").replaceAll(".[]", "[]").replaceAll(".(", " (");
}
