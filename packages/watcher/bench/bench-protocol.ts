import type { RateLimit } from "../src/index.ts";

/** Options of a worker process of the bench. */
export interface BenchWorkerSettings {
  readonly redisUrl: string;
  readonly apiUrl: string;
  readonly concurrency: number;
  readonly rateLimit: RateLimit | null;
  readonly minIntervalMs?: number;
  readonly maxIntervalMs?: number;
}

/** What a worker process tells, a few times a second. */
export interface BenchReport {
  readonly polls: number;
  readonly rateLimitWaits: number;
  readonly outcomes: readonly { readonly key: string; readonly latencyMs: number }[];
  readonly cpuMs: number;
}

/** One sync of the mock: when it ends, in milliseconds after the start. */
export interface BenchSync {
  readonly id: string;
  readonly endsAfterMs: number;
}
