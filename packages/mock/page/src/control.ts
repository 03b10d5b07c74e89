/** What the mock serves and allows. */
export interface Info {
  readonly title: string;
  readonly version: string;
  readonly isControllable: boolean;
  readonly endings: readonly { readonly status: string; readonly outcome: string }[];
  readonly statuses: readonly string[];
}

/** A sync of the mock. */
export interface Sync {
  readonly workspaceId: string;
  readonly id: string;
  readonly status: string;
  readonly ahead: readonly string[];
  readonly advance: "per-request" | "manual" | { readonly everyMs: number };
}

/** A fault that has been added. */
export interface FaultState {
  readonly faultId: string;
  readonly fault: unknown;
  readonly when: { readonly times?: number };
  readonly hits: number;
  readonly isSpent: boolean;
  readonly target?: string;
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
