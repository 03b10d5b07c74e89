// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** How the status of a record may change over time: the `x-lifecycle` of a schema. */
export interface Lifecycle {
  /** Name of the component schema that has it. */
  readonly schema: string;
  /** Name of the property that holds the status. */
  readonly property: string;
  /** The status a new record has. */
  readonly initial: string;
  /** The statuses of a run that succeeds, first to last. A record never goes back in this order. */
  readonly order: readonly string[];
  /** Each terminal status with its outcome. A record never leaves a terminal status. */
  readonly terminal: Readonly<Record<string, string>>;
}

/** How the `status` of a SyncLog may change over time. */
export const syncLogLifecycle = {
  schema: "SyncLog",
  property: "status",
  initial: "pending",
  order: ["pending", "preparing", "data_fetching", "ingesting", "completed"],
  terminal: { completed: "success", failed: "failure", stopped: "cancelled", skipped: "nothing-done" },
} as const;
