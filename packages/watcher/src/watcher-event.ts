import type { PollResult } from "@qontext/sync-log-client/wait";
import type { WatchOutcome } from "./watch/watch-outcome.ts";
import type { WatchPause } from "./watch/watch-status.ts";

/** What became of a call of `onOutcome`, told once the engine has stored it. */
export type DeliveryEvent =
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
      readonly error: Error;
      /** When it is delivered again, in milliseconds from now; null if only `redrive` does so. */
      readonly retryDelayMs: number | null;
      /** Whether only `redrive` delivers the outcome again. */
      readonly parked: boolean;
    };

/** An event of a watcher, for logs and metrics. It never contains the key. */
export type WatcherEvent =
  | DeliveryEvent
  | {
      readonly type: "polled";
      readonly workspaceId: string;
      readonly id: string;
      readonly result: PollResult["kind"];
      readonly durationMs: number;
    }
  /** A list was read in place of the polls of several watches. */
  | {
      readonly type: "listed";
      readonly workspaceId: string;
      readonly result: PollResult["kind"];
      /** For how many watches. */
      readonly asked: number;
      readonly durationMs: number;
    }
  /** The API key was refused; polls that need it wait until it is accepted. Told by one process, and by those that start later. */
  | { readonly type: "paused"; readonly pause: WatchPause }
  /** The API key is accepted again. */
  | { readonly type: "resumed" }
  /**
   * What is stored of a watch cannot be read. It is parked; one of a later version is not, stays as it is,
   * and is met again every half minute: those are told once in that time, and `count` says how many were met.
   */
  | {
      readonly type: "unreadable";
      /** Which `cancel` takes. */
      readonly key: string;
      readonly error: Error;
      readonly parked: boolean;
      readonly count: number;
    }
  /** `onUpdate` threw; the watch continues. */
  | { readonly type: "update_failed"; readonly error: unknown }
  /** The rate limit delayed polls. */
  | { readonly type: "rate_limited"; readonly delayMs: number }
  /** Watches that were in no queue any more, after a failure of Redis or by somebody's hand, were put back. */
  | { readonly type: "restored"; readonly count: number }
  /** Work of a process that died or hung was taken over. */
  | { readonly type: "recovered"; readonly what: "poll" | "delivery" }
  /**
   * The engine had an error and continues, for example while Redis is unreachable. Told once in half
   * a minute for each kind; `count` says how many there were since the last time.
   */
  | { readonly type: "engine_error"; readonly error: unknown; readonly count: number }
  /** The engine works again. */
  | { readonly type: "engine_recovered"; readonly afterMs: number };
