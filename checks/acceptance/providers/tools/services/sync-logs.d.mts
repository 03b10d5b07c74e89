interface Tenant {
  readonly key: string;
  readonly workspaceId: string;
}
export const own: Tenant;
export const other: Tenant;
export const ids: Readonly<Record<"completed" | "ingesting" | "foreign", string>>;
export const logs: readonly object[];
