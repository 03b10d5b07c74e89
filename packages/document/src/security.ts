import type { AddressableDocument } from "./addressable-document.ts";
import { isJsonObject, objectMembers } from "./json.ts";
import { appendPointer } from "./json-pointer.ts";

/** How a credential is sent. */
export interface Credential {
  readonly type: "apiKey" | "basic" | "bearer" | "http";
  readonly in: "header" | "query" | "cookie";
  /** Name of the header, query parameter or cookie. */
  readonly parameter: string;
  /** What stands before the credential in the header `Authorization`, in lower case: `bearer`; undefined for an API key. */
  readonly scheme: string | undefined;
}

/** A security scheme that a requirement names. */
export interface SecurityRequirement {
  /** Name of the scheme under `components`. */
  readonly name: string;
  readonly scopes: readonly string[];
  /** Undefined for a scheme that is not defined, or is not sent in the request (`mutualTLS`). */
  readonly credential: Credential | undefined;
}

/** The schemes that one way to authenticate takes together; none of them for the way without any. */
export type SecurityAlternative = readonly SecurityRequirement[];

/** Reads a list of security requirements; each is one alternative (OpenAPI 3.1, section 4.8.30). */
export function readSecurity(
  document: AddressableDocument,
  requirements: unknown,
): readonly SecurityAlternative[] {
  if (!Array.isArray(requirements)) return [];
  return requirements.filter(isJsonObject).map((requirement) =>
    Object.entries(requirement).map(([name, scopes]) => ({
      name,
      scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string") : [],
      credential: readCredential(document, name),
    })),
  );
}

function readCredential(document: AddressableDocument, name: string): Credential | undefined {
  const { components } = document.value;
  const schemes = isJsonObject(components) ? objectMembers(components["securitySchemes"]) : [];
  const value = schemes.find(([key]) => key === name)?.[1];
  if (value === undefined) return undefined;
  const pointer = appendPointer("#/components/securitySchemes", name);
  const {
    type,
    in: place,
    name: parameter,
    scheme,
  } = document.resolve({ pointer, value }).target.value;
  if (type === "apiKey" && typeof parameter === "string") {
    return place === "header" || place === "query" || place === "cookie"
      ? { type, in: place, parameter, scheme: undefined }
      : undefined;
  }
  const isToken = type === "oauth2" || type === "openIdConnect";
  const http = isToken
    ? "bearer"
    : type === "http" && typeof scheme === "string"
      ? scheme.toLowerCase()
      : undefined;
  if (http === undefined) return undefined;
  const kind = http === "basic" || http === "bearer" ? http : "http";
  return { type: kind, in: "header", parameter: "Authorization", scheme: http };
}
