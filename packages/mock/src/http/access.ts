import type { Credential, Operation } from "@qontext/sync-log-document";
import type { MockRequest } from "./answer.ts";

/** Keys, each with the owners whose resources it may read. */
export type ApiKeys = Readonly<Record<string, readonly string[]>>;

/** Which keys may read what. */
export interface Access {
  /** Whether a key is known. */
  isKnown(key: string | undefined): boolean;
  /** Whether a known key may read what belongs to an owner. */
  mayRead(key: string | undefined, owner: string | undefined): boolean;
  isPageKey(key: string | undefined): boolean;
  /** A key that may read what belongs to an owner, if there is one. @param anyKey - What to show where any key may. */
  keyFor(owner: string, anyKey: string): string | undefined;
}

/**
 * @param apiKeys - Without it every key but the empty one is known, and may read everything.
 * @param pageKey - The key of the mock's own page, which may read everything.
 */
export function createAccess(apiKeys: ApiKeys | undefined, pageKey: string): Access {
  const owners = new Map(Object.entries(apiKeys ?? {}));
  const isPageKey = (key: string | undefined): boolean => key === pageKey;
  return {
    isPageKey,
    keyFor: (owner, anyKey) =>
      apiKeys === undefined
        ? anyKey
        : [...owners].find(([, opened]) => owner === "" || opened.includes(owner))?.[0],
    isKnown: (key = "") =>
      key !== "" && (apiKeys === undefined || isPageKey(key) || owners.has(key)),
    mayRead: (key = "", owner) =>
      apiKeys === undefined ||
      owner === undefined ||
      isPageKey(key) ||
      owners.get(key)?.includes(owner) === true,
  };
}

/** The credentials that an operation accepts; empty for an operation that needs none. */
export function credentialsOf(operation: Operation | undefined): readonly Credential[] {
  const alternatives = operation?.security ?? [];
  if (alternatives.some((alternative) => alternative.length === 0)) return [];
  const found = new Map(alternatives.flat().map(({ name, credential }) => [name, credential]));
  return [...found.values()].filter((credential) => credential !== undefined);
}

/** The key that a request carries; `undefined` without one. */
export function presentedKey(
  credentials: readonly Credential[],
  request: Pick<MockRequest, "headers" | "query">,
): string | undefined {
  for (const credential of credentials) {
    const text = sentAs(credential, request)?.trim() ?? "";
    if (text === "") continue;
    if (credential.scheme === undefined) return text;
    const prefix = `${credential.scheme} `;
    if (text.toLowerCase().startsWith(prefix)) return text.slice(prefix.length).trim();
  }
  return undefined;
}

function sentAs(
  { in: place, parameter }: Credential,
  { headers, query }: Pick<MockRequest, "headers" | "query">,
): string | undefined {
  if (place === "header") return headers[parameter.toLowerCase()];
  if (place === "query") return query.get(parameter) ?? undefined;
  const cookies = (headers["cookie"] ?? "").split(";").map((pair) => pair.trim().split("="));
  return cookies.find(([name]) => name === parameter)?.[1];
}
