import { isSyncLogError } from "@qontext/sync-log-client";
import {
  backoffDelayMs,
  pollFailure,
  readForPoll,
  redactionOf,
} from "@qontext/sync-log-client/wait";
import type { WatchWork } from "./engine.ts";
import { messageOf, WatcherOptionError } from "./errors.ts";
import { logEvent } from "./log-event.ts";
import { untilAborted } from "./until-aborted.ts";
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
  const { client, onOutcome, onUpdate, pollTimeoutMs = 10_000, random = Math.random } = options;
  if (typeof client?.getSyncLog !== "function") {
    throw new WatcherOptionError("client must be a client of @qontext/sync-log-client.");
  }
  if (typeof onOutcome !== "function") {
    throw new WatcherOptionError("onOutcome must be a function that takes an outcome.");
  }
  if (!(pollTimeoutMs > 0)) throw new WatcherOptionError("pollTimeoutMs must be above 0.");
  const rules = watchRules(options, random);
  const policy = checkDelivery(options.delivery);
  const redact = redactionOf(client);

  const report: WatchWork["report"] = (reported) => {
    try {
      const event = "error" in reported ? { ...reported, error: redact(reported.error) } : reported;
      if (options.logger !== undefined) logEvent(options.logger, event);
      options.onEvent?.(event);
    } catch {
      // A logger or listener that throws must not harm a watch.
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
          await untilAborted(Promise.resolve(onUpdate(decision.update)), signal);
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
        await untilAborted(Promise.resolve(onOutcome(outcome, { attempt, signal })), signal);
      } catch (thrown) {
        signal.throwIfAborted();
        const error = redact(thrown instanceof Error ? thrown : new Error(messageOf(thrown)));
        const parked = attempt >= maxAttempts;
        report({ type: "delivery_failed", outcome, attempt, error, parked });
        return { error, parked };
      }
      const latency = latencyMs(outcome, nowMs());
      report({ type: "delivered", outcome, attempt, latencyMs: latency });
      return null;
    },
  };
}
