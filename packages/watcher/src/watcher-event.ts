import type { PollResult } from "@qontext/sync-log-client/wait";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { WatchPause } from "./watch/watch-status.ts";

/** What happens in a watcher, for logs and metrics. Nothing in it holds the key. */
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
      /** From the sync's end (or where it has no `completedAt`, from when it was seen) until now. */
      readonly latencyMs: number;
    }
  | {
      readonly type: "delivery_failed";
      readonly outcome: WatchOutcome;
      readonly attempt: number;
      readonly error: unknown;
      /** It will not be tried again before a `redrive`. */
      readonly parked: boolean;
    }
  /** Nothing is polled any more until `resume`. */
  | { readonly type: "paused"; readonly pause: WatchPause }
  /** `onUpdate` threw; the watch goes on. */
  | { readonly type: "update_failed"; readonly error: unknown }
  /** The rate limit held polls back. */
  | { readonly type: "rate_limited"; readonly delayMs: number }
  /** A process died or hung; its polls and deliveries were taken over. */
  | { readonly type: "recovered"; readonly what: "poll" | "delivery" }
  /** The engine met an error and goes on, as when Redis is away. */
  | { readonly type: "engine_error"; readonly error: unknown };
