// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/**
 * Type of sync operation.
 *
 * The values known when this was generated.
 */
export const syncLogTypeValues = [
  "full_sync",
  "live_sync",
  "incremental_sync",
  "manual_sync",
] as const;

/** One of {@link syncLogTypeValues}. */
export type KnownSyncLogType = (typeof syncLogTypeValues)[number];

/** Whether this is one of {@link syncLogTypeValues}. */
export function isKnownSyncLogType(value: unknown): value is KnownSyncLogType {
  return (syncLogTypeValues as readonly unknown[]).includes(value);
}

/**
 * Status of the sync operation.
 *
 * The values known when this was generated.
 */
export const syncLogStatusValues = [
  "pending",
  "preparing",
  "data_fetching",
  "ingesting",
  "completed",
  "failed",
  "stopped",
  "skipped",
] as const;

/** One of {@link syncLogStatusValues}. */
export type KnownSyncLogStatus = (typeof syncLogStatusValues)[number];

/** Whether this is one of {@link syncLogStatusValues}. */
export function isKnownSyncLogStatus(value: unknown): value is KnownSyncLogStatus {
  return (syncLogStatusValues as readonly unknown[]).includes(value);
}
