import { isSyncLogError } from "@qontext/sync-log-client";
import {
  backoffDelayMs,
  pollFailure,
  readForPoll,
  redactionOf,
} from "@qontext/sync-log-client/wait";
import type { WatchWork } from "./engine.ts";
import { messageOf, WatcherOptionError } from "./errors.ts";
import { createEventLog } from "./log-event.ts";
import { createReportDigest, errorKind } from "./report-digest.ts";
import { timeLimit, untilAborted } from "./until-aborted.ts";
import { decideNext, type WatchPoll } from "./watch/decide-next.ts";
import { redactOutcome, type WatchOutcome } from "./watch/watch-outcome.ts";
import { watchRules } from "./watch/watch-rules.ts";
import type { WatchState } from "./watch/watch-state.ts";
import type { DeliveryPolicy, SyncLogWatcherOptions } from "./watcher-options.ts";

const defaultDelivery: DeliveryPolicy = {
  maxAttempts: 12,
  baseDelayMs: 1000,
  maxDelayMs: 300_000,
};

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
  if (typeof client?.getSyncLog !== "function") {
    throw new WatcherOptionError("client must be a client of @qontext/sync-log-client.");
  }
  if (typeof onOutcome !== "function") {
    throw new WatcherOptionError("onOutcome must be a function that takes an outcome.");
  }
  if (!(pollTimeoutMs > 0)) throw new WatcherOptionError("pollTimeoutMs must be above 0.");
  if (!(deliveryTimeoutMs > 0)) throw new WatcherOptionError("deliveryTimeoutMs must be above 0.");
  const digest = createReportDigest();
  const log = createEventLog();
  const rules = watchRules(options, random);
  const policy = checkDelivery(options.delivery);
  const redact = redactionOf(client);

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
      new Error(`The callback took longer than deliveryTimeoutMs, ${deliveryTimeoutMs} ms.`),
    );
    try {
      await untilAborted(Promise.resolve(callback(limit.signal)), limit.signal);
    } finally {
      limit.clear();
    }
  };

  const pollOnce = async (
    { workspaceId, id }: WatchState,
    signal: AbortSignal,
  ): Promise<WatchPoll> => {
    const limits = { timeoutMs: pollTimeoutMs, deadlineMs: pollTimeoutMs, retry: false } as const;
    try {
      return { result: await readForPoll(client, { workspaceId, id }, { signal, ...limits }) };
    } catch (error) {
      signal.throwIfAborted();
      // The client's own errors have no key in them; what a hook throws may.
      return { result: pollFailure(error), error: isSyncLogError(error) ? error : redact(error) };
    }
  };

  return {
    maxAttempts: policy.maxAttempts,
    retryDelayMs: (attempt) => Math.round(backoffDelayMs(attempt - 1, policy, random())),
    report,
    poll: async (state, nowMs, signal) => {
      const startedAtMs = performance.now();
      const poll = await pollOnce(state, signal);
      const { workspaceId, id } = state;
      const durationMs = performance.now() - startedAtMs;
      report({ type: "polled", workspaceId, id, result: poll.result.kind, durationMs });
      const decision = decideNext(state, poll, nowMs(), rules);
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
        return {
          type: "delivery_failed",
          outcome,
          attempt,
          error,
          parked: attempt >= maxAttempts,
        };
      }
      return { type: "delivered", outcome, attempt, latencyMs: latencyMs(outcome, nowMs()) };
    },
  };
}
