import type { SyncLogError } from "./sync-log-error.ts";

/** A number that only some errors have; undefined where this one has none. */
export function numberIn(error: SyncLogError, name: "status" | "retryAfterMs"): number | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "number" ? value : undefined;
}
