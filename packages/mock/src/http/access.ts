/** Which keys may read what. */
export interface Access {
  /** Whether a key is known. */
  isKnown(key: string | undefined): boolean;
  /** Whether a known key may read what belongs to a tenant. */
  mayRead(key: string | undefined, tenant: string | undefined): boolean;
  isPageKey(key: string | undefined): boolean;
}

/** Keys with the workspaces they open. */
export type ApiKeys = Readonly<Record<string, readonly string[]>>;

/**
 * @param apiKeys - Without it every key but the empty one is known, and may read everything.
 * @param pageKey - The key of the mock's own page, which may read everything.
 */
export function createAccess(apiKeys: ApiKeys | undefined, pageKey: string): Access {
  const tenants = new Map(
    Object.entries(apiKeys ?? {}).map(([key, names]) => [key, new Set(names)]),
  );
  const isPageKey = (key: string | undefined): boolean => key === pageKey;
  return {
    isPageKey,
    isKnown: (key) =>
      key !== undefined &&
      key !== "" &&
      (isPageKey(key) || apiKeys === undefined || tenants.has(key)),
    mayRead: (key, tenant) =>
      isPageKey(key) ||
      apiKeys === undefined ||
      tenant === undefined ||
      (key !== undefined && tenants.get(key)?.has(tenant) === true),
  };
}
