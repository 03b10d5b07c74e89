import type { OpenApiDocument } from "@qontext/sync-log-document";
import {
  appendPointer,
  isHttpMethod,
  isJsonObject,
  pointerTokens,
  schemaListKeywords,
  schemaMapKeywords,
} from "@qontext/sync-log-document";

/** A pointer in a reader's words: `Pet.owner.name`, `GET /pets/{id}, parameter limit`. */
export function describePlace(document: OpenApiDocument, pointer: string): string {
  const [root, ...tokens] = pointerTokens(pointer);
  if (root === "components") return describeComponent(document, tokens);
  if (root === "paths") return describePathItem(document, tokens, [root], "");
  if (root === "webhooks") return describePathItem(document, tokens, [root], "webhook ");
  return (
    [root, ...tokens].filter((token) => token !== undefined && token !== "").join(".") ||
    "the document"
  );
}

const singular: Readonly<Record<string, string>> = {
  parameters: "parameter",
  responses: "response",
  requestBodies: "request body",
  headers: "header",
  securitySchemes: "security scheme",
  examples: "example",
  pathItems: "path item",
};

function describeComponent(
  document: OpenApiDocument,
  [kind = "", name, ...rest]: readonly string[],
): string {
  if (name === undefined) return kind === "" ? "components" : kind;
  if (kind === "schemas") return `${name}${describeSchema(rest)}`;
  return [
    `${singular[kind] ?? kind} ${name}`,
    ...describeInside(document, rest, ["components", kind, name]),
  ].join(", ");
}

function describePathItem(
  document: OpenApiDocument,
  [name = "", method = "", ...rest]: readonly string[],
  above: readonly string[],
  prefix: string,
): string {
  if (!isHttpMethod(method)) {
    const more = [method, ...rest].filter((token) => token !== "");
    return [`${prefix}${name}`, ...describeInside(document, more, [...above, name])].join(", ");
  }
  const operation = prefix === "" ? `${method.toUpperCase()} ${name}` : `${prefix}${name}`;
  return [operation, ...describeInside(document, rest, [...above, name, method])].join(", ");
}

/** What stands in an operation, a parameter, a response. */
function describeInside(
  document: OpenApiDocument,
  tokens: readonly string[],
  above: readonly string[],
): readonly string[] {
  const [kind, name = "", ...rest] = tokens;
  if (kind === undefined) return [];
  if (kind === "schema") return schemaWords(tokens.slice(1));
  if (kind === "content")
    return [
      ...(name === "application/json" ? [] : [name]),
      ...describeInside(document, rest, [...above, kind, name]),
    ].filter(Boolean);
  const at = [...above, kind, name];
  if (kind === "parameters")
    return [
      `parameter ${parameterName(document, at) ?? name}`,
      ...describeInside(document, rest, at),
    ];
  if (kind === "requestBody")
    return [
      "request body",
      ...describeInside(document, [name, ...rest].filter(Boolean), [...above, kind]),
    ];
  if (kind === "responses")
    return [`response ${name}`.trim(), ...describeInside(document, rest, at)];
  if (kind === "headers") return [`header ${name}`.trim(), ...describeInside(document, rest, at)];
  if (kind === "callbacks") {
    const [expression = "", method = "", ...more] = rest;
    return [
      `callback ${name} ${method.toUpperCase()}`.trim(),
      ...describeInside(document, more, [...at, expression, method]),
    ];
  }
  return [[kind, name, ...rest].filter(Boolean).join(".")];
}

function parameterName(document: OpenApiDocument, tokens: readonly string[]): string | undefined {
  const pointer = appendPointer("#", ...tokens);
  const value = document.at(pointer);
  if (!isJsonObject(value)) return undefined;
  const { name } = document.resolve({ pointer, value }).target.value;
  return typeof name === "string" ? name : undefined;
}

function schemaWords(tokens: readonly string[]): readonly string[] {
  const words = describeSchema(tokens).replace(/^\./u, "").trim();
  return words === "" ? [] : [words];
}

/** `.owner.name`, `.tags[]`, `.place (oneOf 2)`: what a value's reader sees, with what only the schema's author knows in brackets. */
function describeSchema(tokens: readonly string[]): string {
  let text = "";
  for (let index = 0; index < tokens.length; index += 1) {
    const keyword = tokens[index] ?? "";
    const hasName = schemaMapKeywords.has(keyword) || schemaListKeywords.has(keyword);
    const name = hasName ? tokens[(index += 1)] : undefined;
    if (keyword === "properties") text += `.${name ?? ""}`;
    else if (keyword === "items") text += "[]";
    else if (keyword === "additionalProperties") text += "[*]";
    else if (keyword !== "allOf")
      text += ` (${[keyword, schemaListKeywords.has(keyword) ? Number(name) + 1 : name].filter((word) => word !== undefined).join(" ")})`;
  }
  return text;
}
