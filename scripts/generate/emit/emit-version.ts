import { createHash } from "node:crypto";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject } from "@qontext/sync-log-document";

/** Which document all of this was generated from. */
export function emitVersion(document: JsonObject): string {
  const { info } = document;
  const version = isJsonObject(info) ? String(info["version"]) : "";
  return `/** The \`info.version\` of the OpenAPI document. */
export const specVersion: string = ${JSON.stringify(version)};

/** SHA-256 of the document in one piece: its JSON, keys sorted, without white space. */
export const specSha256: string = ${JSON.stringify(hashDocument(document))};
`;
}

/** The hash does not depend on the order of keys. */
export function hashDocument(document: JsonObject): string {
  return createHash("sha256").update(canonicalJson(document)).digest("hex");
}

/** JSON with the keys of objects in order, so that equal values have equal texts; what is undefined is null. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}
