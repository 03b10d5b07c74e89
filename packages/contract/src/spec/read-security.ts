import { isJsonObject, jsonPointer } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import type { SecurityScheme } from "./operation.ts";
import { resolveReference } from "./resolve-reference.ts";

/**
 * The credential that a list of security requirements asks for: the first one that a single key can meet.
 *
 * @returns undefined if none is asked for, or one of the alternatives asks for none.
 */
export function readSecurity(
  document: OpenApiDocument,
  requirements: unknown,
): SecurityScheme | undefined {
  if (!Array.isArray(requirements)) return undefined;
  const alternatives = requirements
    .filter(isJsonObject)
    .map((requirement) => Object.keys(requirement));
  if (alternatives.some((names) => names.length === 0)) return undefined;
  const schemes = alternatives.flatMap((names) =>
    names.length === 1 ? [readScheme(document, names[0] ?? "")] : [],
  );
  return schemes.find((scheme) => scheme !== undefined);
}

function readScheme(document: OpenApiDocument, name: string): SecurityScheme | undefined {
  const scheme = resolveReference(
    document,
    jsonPointer(["components", "securitySchemes", name]),
  )?.value;
  const { type, in: place, name: parameter } = scheme ?? {};
  if (type === "apiKey" && typeof parameter === "string") {
    if (place === "header" || place === "query" || place === "cookie")
      return { name, type, place, parameter };
  }
  if (type === "http" && String(scheme?.["scheme"]).toLowerCase() === "basic") {
    return { name, type: "basic", place: "header", parameter: "Authorization" };
  }
  if (type === "http" || type === "oauth2" || type === "openIdConnect") {
    return { name, type: "bearer", place: "header", parameter: "Authorization" };
  }
  return undefined;
}
