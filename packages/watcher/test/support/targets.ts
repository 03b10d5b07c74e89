import type { WatchTarget } from "../../src/index.ts";

export const workspaceId = "ws_123e4567-e89b-12d3-a456-426614174000";

/** The n-th sync log of the tests. */
export function target(n: number): WatchTarget {
  return { workspaceId, id: `sync_00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}` };
}

/** The first so many. */
export const targets = (count: number): WatchTarget[] =>
  Array.from({ length: count }, (_, n) => target(n));
