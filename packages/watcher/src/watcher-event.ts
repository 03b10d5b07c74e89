import type { PollResult } from "@qontext/sync-log-client/wait";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { WatchPause } from "./watch/watch-status.ts";

/** An event of a watcher, for logs and metrics. It never contains the key. */
export type WatcherEvent =
  | {
      readonly type: "polled";
      readonly workspaceId: string;
      readonly id: string;
      readonly result: PollResult["kind"];
      readonly durationMs: number;
    }
  | {
      readonly type: "delivered";
      readonly outcome: WatchOutcome;
      readonly attempt: number;
      /** Since the sync's `completedAt`, or without one since its end was observed. */
      readonly latencyMs: number;
    }
  | {
      readonly type: "delivery_failed";
      readonly outcome: WatchOutcome;
      readonly attempt: number;
      readonly error: unknown;
      /** Whether only `redrive` delivers the outcome again. */
      readonly parked: boolean;
    }
  /** The API key was refused; polls are paused until `resume`. */
  | { readonly type: "paused"; readonly pause: WatchPause }
  /** `onUpdate` threw; the watch continues. */
  | { readonly type: "update_failed"; readonly error: unknown }
  /** The rate limit delayed polls. */
  | { readonly type: "rate_limited"; readonly delayMs: number }
  /** Work of a process that died or hung was taken over. */
  | { readonly type: "recovered"; readonly what: "poll" | "delivery" }
  /** The engine had an error and continues, for example while Redis is unreachable. */
  | { readonly type: "engine_error"; readonly error: unknown };
