import type { RateLimit } from "../src/index.ts";

/** Options of a worker process of the bench. */
export interface BenchWorkerSettings {
  readonly redisUrl: string;
  readonly apiUrl: string;
  readonly concurrency: number;
  readonly rateLimit: RateLimit | null;
  readonly polls?: "auto" | "single";
  readonly minIntervalMs?: number;
  readonly maxIntervalMs?: number;
}

/** The counters of a worker process. */
export interface BenchReport {
  readonly type: "report";
  /** Polls by themselves. */
  readonly polls: number;
  readonly lists: number;
  readonly rateLimitWaits: number;
  readonly cpuMs: number;
}

/** What a worker process tells. */
export type BenchMessage =
  | BenchReport
  | { readonly type: "outcome"; readonly key: string }
  | { readonly type: "latency"; readonly latencyMs: number };

/** One sync of the mock: when it ends, in milliseconds after the start. */
export interface BenchSync {
  readonly workspaceId: string;
  readonly id: string;
  readonly endsAfterMs: number;
}
