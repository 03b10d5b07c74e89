import type {
  RateLimit,
  WatchOptions,
  WatchOutcome,
  WatchPause,
  WatchStage,
  WatchTarget,
} from "../../src/index.ts";

export interface WorkerSettings {
  readonly redisUrl: string;
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly intervalMs?: number;
  readonly concurrency?: number;
  /** @default 1000 */
  readonly lockMs?: number;
  readonly rateLimit?: RateLimit;
  readonly polls?: "auto" | "single";
  /** @default 500 */
  readonly probeEveryMs?: number;
  readonly failing?: boolean;
  readonly outcomeDelayMs?: number;
}

export type WorkerCommand =
  | {
      readonly do: "watch";
      readonly targets: readonly WatchTarget[];
      readonly options?: WatchOptions;
    }
  | { readonly do: "fail"; readonly failing: boolean }
  | { readonly do: "list"; readonly stage?: WatchStage }
  | { readonly do: "overview" | "redrive" | "resume" | "now" };

export type WorkerMessage =
  | { readonly type: "ready" | "listed" | "recovered" | "delivered" }
  | { readonly type: "outcome"; readonly outcome: WatchOutcome; readonly attempt: number }
  | { readonly type: "accepted"; readonly idempotencyKey: string }
  | { readonly type: "paused"; readonly pause: WatchPause }
  | { readonly type: "rate_limited"; readonly delayMs: number }
  | { readonly type: "engine_error"; readonly text: string }
  | { readonly type: "closed"; readonly tookMs: number }
  | {
      readonly type: "done";
      readonly call: number;
      readonly value?: unknown;
      readonly error?: string;
    };
