import { isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { resolveRef } from "./resolve-ref.ts";

/** Where a request carries its key. */
export interface KeyPlace {
  readonly in: "header" | "query" | "cookie";
  /** Header names in lower case. */
  readonly name: string;
  /** `Bearer ` and the like stand before the key; removed. */
  readonly scheme?: string;
}

/**
 * The places where an operation accepts a key. Empty for an operation that needs none.
 */
export function readSecurity(document: JsonObject, operation: JsonObject): readonly KeyPlace[] {
  const requirements = operation["security"] ?? document["security"];
  if (!Array.isArray(requirements)) return [];
  const names = requirements.map((item) => (isJsonObject(item) ? Object.keys(item) : []));
  if (names.some((alternative) => alternative.length === 0)) return [];
  const components = resolveRef(document, document["components"]);
  const schemes = resolveRef(document, components["securitySchemes"]);
  return [...new Set(names.flat())].flatMap((name) => readPlace(document, schemes[name]));
}

function readPlace(document: JsonObject, node: JsonValue | undefined): readonly KeyPlace[] {
  const scheme = resolveRef(document, node);
  const { type, name, scheme: http } = scheme;
  if (type === "apiKey" && typeof name === "string") {
    const place = scheme["in"];
    if (place === "header") return [{ in: place, name: name.toLowerCase() }];
    if (place === "query" || place === "cookie") return [{ in: place, name }];
  }
  if (type === "http" && typeof http === "string") {
    return [{ in: "header", name: "authorization", scheme: http }];
  }
  if (type === "oauth2" || type === "openIdConnect") {
    return [{ in: "header", name: "authorization", scheme: "bearer" }];
  }
  return [];
}

/** The key that a request carries; `undefined` without one. */
export function presentedKey(
  places: readonly KeyPlace[],
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string | undefined {
  for (const place of places) {
    const text = textAt(place, headers, query)?.trim();
    if (text === undefined || text === "") continue;
    if (place.scheme === undefined) return text;
    const prefix = `${place.scheme.toLowerCase()} `;
    if (text.toLowerCase().startsWith(prefix)) return text.slice(prefix.length).trim();
  }
  return undefined;
}

function textAt(
  place: KeyPlace,
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string | undefined {
  if (place.in === "header") return headers[place.name];
  if (place.in === "query") return query.get(place.name) ?? undefined;
  const cookies = (headers["cookie"] ?? "").split(";").map((pair) => pair.trim().split("="));
  return cookies.find(([name]) => name === place.name)?.[1];
}
