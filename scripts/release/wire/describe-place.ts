import type { OpenApiDocument } from "@qontext/sync-log-document";
import { isHttpMethod, isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import { followPointer, resolveValue } from "./follow-pointer.ts";
import { schemaTrail } from "./schema-trail.ts";

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
