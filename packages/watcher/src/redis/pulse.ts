import { messageOf } from "../errors.ts";
import type { EngineHealth } from "../watch/watch-status.ts";
import type { WatcherEvent } from "../watcher-event.ts";

/** What an engine does with Redis; each may fail while the others do not. */
export type PulseKind = "start" | "connection" | "fetch" | "write";

/** Knows how the engine of this process fares, without asking Redis. */
export interface Pulse {
  succeeded(kind: PulseKind): void;
  /** Reports the error, once however often it is passed on. */
  readonly failed: (error: unknown, kind?: PulseKind) => void;
  /** What Redis is set up to do that would lose watches; null without. */
  warning: string | null;
  /** Why a stored watch of a later version cannot be read; null without any. */
  laterWatch: string | null;
  /** How many failures it was told of so far. */
  readonly failures: number;
  health(): Omit<EngineHealth, "paused">;
}

/** While nothing is wrong, a worker hears from Redis every few seconds. */
export function createPulse(
  silentAfterMs: number,
  report: (event: WatcherEvent) => void,
  nowMs: () => number = Date.now,
): Pulse {
  const troubles = new Map<PulseKind, { readonly message: string; readonly sinceMs: number }>();
  const lastAtMs: Partial<Record<PulseKind, number>> = {};
  const seen = new WeakSet();
  let troubledAtMs: number | null = null;
  let failures = 0;

  return {
    warning: null,
    laterWatch: null,
    succeeded: (kind) => {
      lastAtMs[kind] = nowMs();
      if (!troubles.delete(kind) || troubles.size > 0 || troubledAtMs === null) return;
      report({ type: "engine_recovered", afterMs: nowMs() - troubledAtMs });
      troubledAtMs = null;
    },
    get failures() {
      return failures;
    },
    failed: (error, kind) => {
      failures++;
      if (kind !== undefined) {
        const sinceMs = troubles.get(kind)?.sinceMs ?? nowMs();
        troubledAtMs ??= sinceMs;
        troubles.set(kind, { message: messageOf(error), sinceMs });
      }
      if (error instanceof Error) {
        if (seen.has(error)) return;
        seen.add(error);
      }
      report({ type: "engine_error", error, count: 1 });
    },
    health() {
      const { start, fetch, write } = lastAtMs;
      const [known = null] = troubles.values();
      const heardAtMs = Math.max(start ?? Infinity, fetch ?? 0, write ?? 0);
      const isSilent = nowMs() - heardAtMs > silentAfterMs;
      const silence = { message: "Redis does not answer.", sinceMs: heardAtMs };
      const trouble = known ?? (isSilent ? silence : null);
      const unreadable =
        `This version cannot read some stored watches, which wait: ${this.laterWatch} ` +
        "Start workers of the version that stored them.";
      const warnings = [this.warning, this.laterWatch === null ? null : unreadable].filter(
        (warning) => warning !== null,
      );
      return {
        trouble,
        warning: warnings.length === 0 ? null : warnings.join(" "),
        lastFetchAtMs: fetch ?? null,
        lastWriteAtMs: write ?? null,
      };
    },
  };
}
