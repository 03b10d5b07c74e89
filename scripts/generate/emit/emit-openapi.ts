import type { JsonObject } from "@qontext/sync-log-document";

/** The document as a module. */
export function emitOpenapi(document: JsonObject): string {
  return `/** An OpenAPI document, as far as every one has it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** The OpenAPI document in one piece: nothing in it refers to another file. */
export const openapiDocument: OpenApiDocument = ${formatCompactJson(document)};
`;
}

/**
 * The schema of the extensions as a module.
 *
 * @param text - As JSON.
 */
export function emitExtensionsSchema(text: string): string {
  return `/** The JSON Schema of the extensions. */
export const extensionsSchema: Readonly<Record<string, unknown>> = ${formatJson(JSON.parse(text))};
`;
}

/** A member of this name would set the prototype. */
function formatJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  if (!text.includes('"__proto__":')) return text;
  return text.replaceAll(/^(\s*)"__proto__":/gm, '$1["__proto__"]:');
}

/** On one line: `openapi.json`, beside it, is for reading. */
function formatCompactJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/(?<=[{,])"__proto__":/g, '["__proto__"]:');
}

/**
 * The document as JSON. JSON has no comments, so the line that names its source is a member, the first one.
 *
 * @param origin - The line, without comment characters.
 */
export function emitOpenapiJson(document: JsonObject, origin: string): string {
  return `${JSON.stringify({ "x-generated": origin, ...document }, undefined, 2)
    .replace("\n", "")
    .replace(/^\{ +/, "{ ")}\n`;
}
