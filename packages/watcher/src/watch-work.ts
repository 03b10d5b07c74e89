import { createHash, randomUUID } from "node:crypto";
import { isKeyFunctionError, isSyncLogError, KeyFunctionError } from "@qontext/sync-log-client";
import {
  backoffDelayMs,
  keyDigestOf,
  pollFailure,
  readForPoll,
  redactionOf,
  type SyncLogSource,
} from "@qontext/sync-log-client/wait";
import type { PollContext, WatchWork } from "./engine.ts";
import { DeliveryTimeoutError, messageOf, WatcherOptionError } from "./errors.ts";
import { createEventLog } from "./log-event.ts";
import { createReportDigest, errorKind } from "./report-digest.ts";
import { timeLimit, untilAborted } from "./until-aborted.ts";
import {
  afterRefusedKey,
  decideNext,
  type WatchDecision,
  type WatchPoll,
} from "./watch/decide-next.ts";
import { redactOutcome, type WatchOutcome } from "./watch/watch-outcome.ts";
import { watchRules } from "./watch/watch-rules.ts";
import { storedError, type WatchState } from "./watch/watch-state.ts";
import type { DeliveryPolicy, SyncLogWatcherOptions } from "./watcher-options.ts";

/** A day: an hour of doubling delays, and then one every hour. */
const defaultDelivery: DeliveryPolicy = {
  maxAttempts: 39,
  baseDelayMs: 1000,
  maxDelayMs: 3_600_000,
};

/** So much of each delay is by chance, and only shortens it. */
const deliveryJitter = 0.2;

/** What the error says about the next attempt; a copy without the key still says it. */
function adviceOf(error: Error): { readonly retryAfterMs: number; readonly isFinal: boolean } {
  const retryAfterMs = "retryAfterMs" in error ? Number(error.retryAfterMs) : 0;
  return {
    retryAfterMs: Number.isFinite(retryAfterMs) ? retryAfterMs : 0,
    isFinal: "isFinal" in error && error.isFinal === true,
  };
}

/** The longest that a receiver is granted, in milliseconds. */
const longestRetryMs = 86_400_000;

function checkDelivery(given: Partial<DeliveryPolicy> = {}): DeliveryPolicy {
  const policy = { ...defaultDelivery, ...given };
  const { maxAttempts, baseDelayMs, maxDelayMs } = policy;
  if (!(Number.isInteger(maxAttempts) && maxAttempts >= 1 && baseDelayMs >= 0 && maxDelayMs >= 0)) {
    throw new WatcherOptionError(
      "delivery must have maxAttempts as a whole number of at least 1, and delays of 0 or more.",
    );
  }
  return policy;
}

type Redaction = <Value>(value: Value) => Value;

/** Tells keys apart; from it, nobody learns one. */
const fingerprintOfKey = (key: string): string =>
  createHash("sha256").update(`sync-log-watcher ${key}`).digest("base64url").slice(0, 16);

/** Of a client that does not tell its keys apart: what is refused here is refused in no other process. */
const processFingerprint = randomUUID();

function checkClient(
  client: SyncLogWatcherOptions["client"],
): (workspaceId: string) => SyncLogSource {
  if (typeof client === "function") return client;
  if (typeof client?.getSyncLog === "function") return () => client;
  throw new WatcherOptionError(
    "client must be a client of @qontext/sync-log-client, or a function that gives one.",
  );
}

/** Since the end of the sync, or since it was observed if the sync log does not say when it ended. */
function latencyMs({ syncLog, observedAtMs }: WatchOutcome, nowMs: number): number {
  const completedAtMs = Date.parse(syncLog?.completedAt ?? "");
  const endedAtMs = Number.isNaN(completedAtMs) ? observedAtMs : completedAtMs;
  return Math.max(0, Math.round(nowMs - endedAtMs));
}

/** The work of an engine: a poll by the client with the decision that follows, and `onOutcome`. */
export function createWatchWork(options: SyncLogWatcherOptions): WatchWork {
  const { client, onOutcome, onUpdate, random = Math.random } = options;
  const { pollTimeoutMs = 10_000, deliveryTimeoutMs = 300_000 } = options;
  const sourceOf = checkClient(client);
  if (typeof onOutcome !== "function") {
    throw new WatcherOptionError("onOutcome must be a function that takes an outcome.");
  }
  if (!(pollTimeoutMs > 0)) throw new WatcherOptionError("pollTimeoutMs must be above 0.");
  if (!(deliveryTimeoutMs > 0)) throw new WatcherOptionError("deliveryTimeoutMs must be above 0.");
  const digest = createReportDigest();
  const log = createEventLog();
  const rules = watchRules(options, random);
  const policy = checkDelivery(options.delivery);
  /** The redactions of all clients that have polled: with each, the keys of one or more workspaces. */
  const redactions = new Map<SyncLogSource, Redaction>();
  const redact: Redaction = (value) => {
    let redacted = value;
    for (const redaction of redactions.values()) redacted = redaction(redacted);
    return redacted;
  };
  /** The client's own errors have no key in them; what a hook or a key function throws may. */
  const withoutKeys = (error: unknown): unknown => {
    if (isKeyFunctionError(error)) {
      return new KeyFunctionError(error.message, { cause: redact(error.cause) });
    }
    return isSyncLogError(error) ? error : redact(error);
  };
  const clientOf = (workspaceId: string): SyncLogSource => {
    const source = sourceOf(workspaceId);
    redactions.set(source, redactionOf(source));
    return source;
  };
  if (typeof client !== "function") redactions.set(client, redactionOf(client));

  const report: WatchWork["report"] = (reported) => {
    try {
      let event = reported;
      if (event.type === "engine_error" || event.type === "update_failed") {
        event = { ...event, error: redact(event.error) };
      }
      if (event.type === "engine_error") {
        const count = digest(errorKind(event.error));
        if (count === 0) return;
        event = { ...event, count };
      }
      if (event.type === "unreadable" && !event.parked) {
        const count = digest(event.type);
        if (count === 0) return;
        event = { ...event, count };
      }
      if (options.logger !== undefined) log(options.logger, event);
      options.onEvent?.(event);
    } catch {
      // A logger or listener that throws must not harm a watch.
    }
  };

  /** What a callback returns, but no later than `deliveryTimeoutMs`: one that never settles would keep its place. */
  const limited = async (
    signal: AbortSignal,
    callback: (limit: AbortSignal) => unknown,
  ): Promise<void> => {
    const limit = timeLimit(
      signal,
      deliveryTimeoutMs,
      new DeliveryTimeoutError(
        `The callback took longer than deliveryTimeoutMs, ${deliveryTimeoutMs} ms.`,
      ),
    );
    try {
      await untilAborted(Promise.resolve(callback(limit.signal)), limit.signal);
    } finally {
      limit.clear();
    }
  };

  const pollOnce = async (
    source: SyncLogSource,
    { workspaceId, id }: WatchState,
    signal: AbortSignal,
  ): Promise<WatchPoll> => {
    const limits = { timeoutMs: pollTimeoutMs, deadlineMs: pollTimeoutMs, retry: false } as const;
    const startedAtMs = performance.now();
    let poll: WatchPoll;
    try {
      poll = { result: await readForPoll(source, { workspaceId, id }, { signal, ...limits }) };
    } catch (error) {
      signal.throwIfAborted();
      poll = { result: pollFailure(error), error: withoutKeys(error) };
    }
    const durationMs = performance.now() - startedAtMs;
    report({ type: "polled", workspaceId, id, result: poll.result.kind, durationMs });
    return poll;
  };

  const usedKeys = new Set<string>();
  /** Whether this process has not used the key before: it then tells what others knew, and told, already. */
  const isFirstUse = (fingerprint: string): boolean => {
    const isFirst = !usedKeys.has(fingerprint);
    usedKeys.add(fingerprint);
    return isFirst;
  };

  /** Polls, unless the key is known to be refused and it is not the turn of this watch to try it. */
  const pollWithKey = async (state: WatchState, context: PollContext): Promise<WatchDecision> => {
    const { nowMs, signal, refusedKeys } = context;
    const { workspaceId } = state;
    const noKey = `none:${workspaceId}`;
    let source: SyncLogSource;
    let fingerprint: string;
    try {
      source = clientOf(workspaceId);
      fingerprint = (await keyDigestOf(source, fingerprintOfKey)) ?? processFingerprint;
    } catch (error) {
      // A key that is not there, such as a file that is being replaced, ends no watch.
      const reason = storedError(withoutKeys(error));
      refusedKeys.find(workspaceId, noKey);
      const isFirst = isFirstUse(noKey);
      if ((await refusedKeys.refuse(noKey, reason, rules.probeEveryMs)) || isFirst) {
        report({ type: "paused", pause: { reason, sinceMs: Math.round(nowMs()) } });
      }
      return afterRefusedKey(state, reason, nowMs(), rules);
    }
    if (refusedKeys.find(workspaceId, noKey) !== null) await refusedKeys.accept(noKey);
    const refused = refusedKeys.find(workspaceId, fingerprint);
    const isFirst = isFirstUse(fingerprint);
    if (refused !== null && isFirst) report({ type: "paused", pause: refused });
    if (refused !== null && !(await refusedKeys.mayProbe(fingerprint, rules.probeEveryMs))) {
      return afterRefusedKey(state, refused.reason, nowMs(), rules);
    }
    const poll = await pollOnce(source, state, signal);
    if (poll.result.kind === "unauthorized") {
      const reason = storedError(poll.error);
      const isNew = await refusedKeys.refuse(fingerprint, reason, rules.probeEveryMs);
      if (isNew || (isFirst && refused === null)) {
        report({ type: "paused", pause: { reason, sinceMs: Math.round(nowMs()) } });
      }
    } else if (refused !== null && poll.result.kind !== "transient") {
      if (await refusedKeys.accept(fingerprint)) report({ type: "resumed" });
    }
    return decideNext(state, poll, nowMs(), rules);
  };

  return {
    hasOneClient: typeof client !== "function",
    maxAttempts: policy.maxAttempts,
    report,
    poll: async (state, context) => {
      const { signal } = context;
      const decision = await pollWithKey(state, context);
      if (decision.kind === "poll_again" && decision.update !== null && onUpdate !== undefined) {
        try {
          const { update } = decision;
          await limited(signal, () => onUpdate(update));
        } catch (error) {
          if (!signal.aborted) report({ type: "update_failed", error });
        }
      }
      // Only now: a key that is a status must not change how the watch ends.
      const { lastSeen } = decision.state;
      const redacted = { ...decision.state, lastSeen: redact(lastSeen) };
      if (decision.kind !== "deliver") return { ...decision, state: redacted };
      return { ...decision, state: redacted, outcome: redactOutcome(decision.outcome, redact) };
    },
    deliver: async ({ outcome, attempt, maxAttempts }, nowMs, signal) => {
      try {
        await limited(signal, (limit) => onOutcome(outcome, { attempt, signal: limit }));
      } catch (thrown) {
        signal.throwIfAborted();
        const error = redact(thrown instanceof Error ? thrown : new Error(messageOf(thrown)));
        const { retryAfterMs, isFinal } = adviceOf(error);
        const parked = isFinal || attempt >= maxAttempts;
        const share = 1 - deliveryJitter * random();
        const delayMs = Math.max(backoffDelayMs(attempt - 1, policy, share), retryAfterMs);
        const retryDelayMs = parked ? null : Math.round(Math.min(delayMs, longestRetryMs));
        return {
          type: "delivery_failed",
          outcome,
          attempt,
          error,
          retryDelayMs,
          parked,
        };
      }
      return { type: "delivered", outcome, attempt, latencyMs: latencyMs(outcome, nowMs()) };
    },
  };
}
