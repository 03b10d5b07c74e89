import type { RefusedKeys } from "../engine.ts";
import type { WatchPause } from "../watch/watch-status.ts";

/** The refused keys of one process. */
export function createRefusedKeys(nowMs: () => number): RefusedKeys & {
  /** The pause that has lasted longest; null without any. */
  longest(): WatchPause | null;
  /** False unless a key was refused. */
  clear(): boolean;
} {
  const pauses = new Map<string, WatchPause & { probedAtMs: number }>();
  return {
    find: (_workspaceId, fingerprint) => pauses.get(fingerprint) ?? null,
    mayProbe: async (fingerprint, everyMs) => {
      const pause = pauses.get(fingerprint);
      if (pause === undefined || nowMs() - pause.probedAtMs < everyMs) return pause === undefined;
      pause.probedAtMs = nowMs();
      return true;
    },
    refuse: async (fingerprint, reason) => {
      const known = pauses.get(fingerprint);
      const sinceMs = known?.sinceMs ?? Math.round(nowMs());
      pauses.set(fingerprint, { reason, sinceMs, probedAtMs: nowMs() });
      return known === undefined;
    },
    accept: async (fingerprint) => pauses.delete(fingerprint),
    longest: () => {
      const [first] = pauses.values();
      return first === undefined ? null : { reason: first.reason, sinceMs: first.sinceMs };
    },
    clear: () => {
      const { size } = pauses;
      pauses.clear();
      return size > 0;
    },
  };
}
