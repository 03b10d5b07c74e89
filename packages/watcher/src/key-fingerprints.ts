import { createHash, randomUUID } from "node:crypto";
import { KeyFunctionError } from "@qontext/sync-log-client";
import { keyDigestOf, type SyncLogSource } from "@qontext/sync-log-client/wait";
import { timeLimit, untilAborted } from "./until-aborted.ts";

/** Tells keys apart; from it, nobody learns one. */
const fingerprintOfKey = (key: string): string =>
  createHash("sha256").update(`sync-log-watcher ${key}`).digest("base64url").slice(0, 16);

/** Of a client that does not tell its keys apart: what is refused here is refused in no other process. */
const processFingerprint = randomUUID();

/**
 * What tells the key of a client from others; rejects where there is none to be had. A function for the key that does not
 * answer within `timeoutMs` is not asked again for `askEveryMs`, and then for one poll: others would wait for it, too.
 */
export function createKeyFingerprints(
  timeoutMs: number,
  askEveryMs: number,
): (source: SyncLogSource, signal: AbortSignal) => Promise<string> {
  const silentKeys = new WeakMap<SyncLogSource, { readonly error: Error; askAtMs: number }>();
  return async (source, outer) => {
    const silent = silentKeys.get(source);
    if (silent !== undefined) {
      if (performance.now() < silent.askAtMs) throw silent.error;
      silent.askAtMs = performance.now() + askEveryMs;
    }
    const error = new KeyFunctionError("The `apiKey` function did not answer in time.", {
      cause: new Error(`no answer within pollTimeoutMs, ${timeoutMs} ms`),
    });
    const { signal, clear } = timeLimit(outer, timeoutMs, error);
    try {
      const own = await untilAborted(keyDigestOf(source, fingerprintOfKey, signal), signal);
      silentKeys.delete(source);
      return own ?? processFingerprint;
    } catch (thrown) {
      if (signal.reason !== error) silentKeys.delete(source);
      else silentKeys.set(source, { error, askAtMs: performance.now() + askEveryMs });
      throw thrown;
    } finally {
      clear();
    }
  };
}
