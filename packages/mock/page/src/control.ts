/** A sync of the mock. */
export interface Sync {
  readonly workspaceId: string;
  readonly id: string;
  readonly status: string;
  /** A key that opens the workspace. */
  readonly key: string | null;
  /** A command line that reads the sync. */
  readonly curl: string;
  readonly ahead: readonly string[];
  readonly advance: "per-request" | "manual" | { readonly everyMs: number };
}

/** Calls the control interface. @throws Error with its message if it refuses. */
export async function control<Result>(
  method: string,
  path: string,
  body?: object,
): Promise<Result> {
  const response = await fetch(`/_mock/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  const text = await response.text();
  const value: Result & { message?: string } = text === "" ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(value?.message ?? `The mock answered ${response.status}.`);
  return value;
}

/** Path of a sync in the control interface. */
export function syncPath({ workspaceId, id }: Pick<Sync, "workspaceId" | "id">): string {
  return `/syncs/${encodeURIComponent(workspaceId)}/${encodeURIComponent(id)}`;
}
